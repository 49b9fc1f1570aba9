import { useLayoutEffect, useRef } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from './ProblemNote.tsx'

/** Longhand could not start: nothing behind this works, so it covers all, with what is wrong and what to do. */
export function BootFailed() {
  const boot = useLonghand((state) => state.boot)
  const dialog = useRef<HTMLDialogElement>(null)
  const failed = boot.type === 'failed'
  useLayoutEffect(() => {
    if (failed) dialog.current?.showModal()
  }, [failed])
  if (!failed) return null
  return (
    <dialog
      ref={dialog}
      aria-labelledby="boot-failed"
      onCancel={(event) => event.preventDefault()}
      className="m-0 grid h-dvh max-h-none w-screen max-w-none place-items-center bg-paper p-6 text-ink"
    >
      <div className="w-full max-w-136">
        <h1 id="boot-failed" className="text-xl font-semibold tracking-[-0.02em]">
          Longhand could not start
        </h1>
        <div className="mt-4">
          <ProblemNote problem={boot.problem}>
            <Button kind="primary" onClick={() => location.reload()}>
              Reload
            </Button>
          </ProblemNote>
        </div>
        <p className="mt-6 text-xs text-ink-3">
          Your conversations are kept by this browser for this address. Do not clear the site’s data unless you have a backup.
        </p>
      </div>
    </dialog>
  )
}
