import { useLayoutEffect, useRef, useState } from 'react'
import type { Problem } from '#shared/problem.ts'
import { BackupFileInput } from '#ui/kit/BackupFileInput.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { ProblemNote } from './ProblemNote.tsx'

/** What the user wants where the data are lost and cannot be put back. */
export type LossDecision = { readonly acceptWipe: true } | { readonly restoreAfterWipe: File }

type Props = {
  readonly problem: Problem
  /** Given where the data are lost: then there is a choice. */
  readonly onDecide?: (decision: LossDecision) => void
}

/** Longhand could not start: nothing behind this works, so it covers all, with what is wrong and what to do. */
export function BootFailed({ problem, onDecide }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="boot-failed"
      onCancel={(event) => event.preventDefault()}
      className="m-0 grid h-dvh max-h-none w-screen max-w-none place-items-center bg-paper p-6 text-ink"
    >
      <div className="w-full max-w-136">
        <h1 id="boot-failed" className="text-xl font-semibold tracking-[-0.02em]">
          {onDecide ? 'Your conversations are not here' : 'Longhand could not start'}
        </h1>
        <div className="mt-4">
          <ProblemNote problem={problem}>
            {onDecide ? (
              <LossButtons onDecide={onDecide} />
            ) : (
              <Button kind="primary" onClick={() => location.reload()}>
                Reload
              </Button>
            )}
          </ProblemNote>
        </div>
        <p className="mt-6 text-xs text-ink-3">
          {onDecide
            ? 'A backup is a file that you wrote from Settings. Once you go on, what may be left of the old data is removed.'
            : 'Your conversations are kept by this browser for this address. Do not clear the site’s data unless you have a backup.'}
        </p>
      </div>
    </dialog>
  )
}

function LossButtons({ onDecide }: Required<Pick<Props, 'onDecide'>>) {
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const decide = (decision: LossDecision) => {
    setBusy(true)
    onDecide(decision)
  }
  return (
    <>
      <Button kind="primary" disabled={busy} onClick={() => input.current?.click()}>
        Restore a backup file
      </Button>
      <BackupFileInput ref={input} onFile={(file) => decide({ restoreAfterWipe: file })} />
      <Button kind="outline" disabled={busy} onClick={() => decide({ acceptWipe: true })}>
        Go on with an empty one
      </Button>
      {busy && (
        <p role="status" className="w-full text-sm text-ink-2">
          One moment…
        </p>
      )}
    </>
  )
}
