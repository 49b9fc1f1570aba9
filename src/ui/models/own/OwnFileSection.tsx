import { useRef } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { FileInput } from '#ui/kit/FileInput.tsx'
import { formatBytes } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { useFileDrop } from './use-file-drop.ts'

/** A model from a file of the user's own: chosen or dropped, checked, copied into the browser. */
export function OwnFileSection() {
  const ownFile = useLonghand((state) => state.ownFile)
  const { takeInFile, closeTakeIn } = useActions()
  const input = useRef<HTMLInputElement>(null)
  useFileDrop(takeInFile)
  const busy = ownFile.type === 'reading' || ownFile.type === 'copying'
  const choose = () => input.current?.click()
  return (
    <section aria-label="A model of your own" className="mt-6">
      <h2 className="text-sm font-semibold">A model of your own</h2>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <p className="max-w-prose min-w-0 text-xs text-ink-2">
          Choose a GGUF file, or drop one anywhere on this page. It runs on the CPU. Its header is checked first; then the file is
          copied into this browser, and sent nowhere. At most 2.1 GB, in one piece.
        </p>
        <Button kind="outline" disabled={busy} onClick={choose}>
          Choose a file…
        </Button>
        <FileInput ref={input} label="GGUF file" accept=".gguf" onFiles={([file]) => file && void takeInFile(file)} />
      </div>
      {busy && <Copying />}
      <div role="status" className="text-sm">
        {ownFile.type === 'taken' && (
          <p className="mt-3 flex flex-wrap items-center gap-x-3">
            <span>
              {ownFile.name} is here as <b className="font-semibold">{ownFile.modelName}</b>, under “Your own files” in the list.
            </span>
            <Button kind="text" onClick={closeTakeIn}>
              Close
            </Button>
          </p>
        )}
      </div>
      {ownFile.type === 'failed' && (
        <div role="alert" className="mt-3">
          <ProblemNote problem={ownFile.problem}>
            <Button kind="outline" onClick={choose}>
              Choose another file
            </Button>
            <Button onClick={closeTakeIn}>Dismiss</Button>
          </ProblemNote>
        </div>
      )}
    </section>
  )
}

function Copying() {
  const ownFile = useLonghand((state) => state.ownFile)
  const { cancelTakeIn } = useActions()
  if (ownFile.type !== 'reading' && ownFile.type !== 'copying') return null
  const words =
    ownFile.type === 'reading'
      ? `Reading the header of ${ownFile.name}`
      : `Copying ${ownFile.name}: ${formatBytes(ownFile.doneBytes)} of ${formatBytes(ownFile.totalBytes)}`
  return (
    <div className="mt-3 flex items-center gap-4">
      <div className="min-w-0 flex-1">
        <p className="num text-sm break-words text-ink-2">{words}</p>
        <ProgressBar
          label={`Taking in ${ownFile.name}`}
          fraction={ownFile.type === 'copying' ? ownFile.doneBytes / Math.max(1, ownFile.totalBytes) : undefined}
          className="mt-2"
        />
      </div>
      <Button onClick={cancelTakeIn}>Cancel</Button>
    </div>
  )
}
