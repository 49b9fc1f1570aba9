import { useRef } from 'react'
import { type EmbedderModel, embedderBytes } from '#ports/embedder.ts'
import { embeddersHere } from '#runtime/embedding/chosen-embedder.ts'
import { Button } from '#ui/kit/Button.tsx'
import { FileInput } from '#ui/kit/FileInput.tsx'
import { formatBytes } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { Select } from '#ui/kit/Select.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'

function labelOf(model: EmbedderModel): string {
  const where = model.gpu ? ', on the GPU' : ''
  return `${model.name}${where}, ${formatBytes(embedderBytes(model))}`
}

/** Which neural model makes the vectors: one on offer, or one of a file that the user brings. */
export function OwnEmbedder() {
  const device = useLonghand((state) => state.device)
  const chosen = useLonghand((state) => state.settings.embedder)
  const file = useLonghand((state) => state.embedderFile)
  const state = useLonghand(({ embedder }) => embedder)
  const { takeInEmbedder, cancelTakeInEmbedder, chooseEmbedder, deleteEmbedder } = useActions()
  const input = useRef<HTMLInputElement>(null)
  const models = useLonghand((state) => state.embedderModels)
  const [offered] = models
  if (!offered) return null
  const busy = file.type === 'reading' || file.type === 'copying'
  const model = models.find(({ id }) => id === chosen)
  const gone = chosen !== undefined && !model
  const missing = state.type === 'error' && state.problem.type === 'engine/file-missing'
  // What was chosen stays on the list where there is no GPU for it any more.
  const here = embeddersHere({ device, embedderModels: models })
  const listed = model && !here.includes(model) ? [...here, model] : here
  const options = listed.map((one) => ({ value: one.id, label: labelOf(one) }))
  return (
    <div className="mt-3 text-xs text-ink-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Select
          label="Neural model"
          hideLabel
          value={chosen ?? offered.id}
          options={gone ? [...options, { value: chosen, label: 'A file that is gone' }] : options}
          onChange={(id) => void chooseEmbedder(id === offered.id ? undefined : id)}
        />
        <Button kind="text" disabled={busy} onClick={() => input.current?.click()}>
          Use a file of your own…
        </Button>
        {chosen !== undefined && !gone && !missing && (
          <Button kind="text" onClick={() => void deleteEmbedder(chosen)}>
            {model?.gpu ? 'Delete its files' : 'Delete this file'}
          </Button>
        )}
        <FileInput
          ref={input}
          label="GGUF file of an embedder"
          accept=".gguf"
          onFiles={([one]) => one && void takeInEmbedder(one)}
        />
      </div>
      {busy && (
        <div className="mt-2 flex items-center gap-3">
          <span className="num min-w-0 break-words">
            {file.type === 'reading'
              ? `Reading the header of ${file.name}`
              : `Copying ${file.name}: ${formatBytes(file.doneBytes)} of ${formatBytes(file.totalBytes)}`}
          </span>
          <ProgressBar
            label={`Taking in ${file.name}`}
            fraction={file.type === 'copying' ? file.doneBytes / Math.max(1, file.totalBytes) : undefined}
            className="min-w-24 flex-1"
          />
          <Button kind="text" onClick={cancelTakeInEmbedder}>
            Cancel
          </Button>
        </div>
      )}
      {file.type === 'failed' && (
        <div role="alert" className="mt-2">
          <ProblemNote problem={file.problem} />
        </div>
      )}
      {chosen !== undefined && (
        <p className="mt-1.5 text-ink-3">
          How near is near was measured with {offered.name}: with another model recall may find more or less.
          {model?.own && ' Models that want a word such as “query:” before each text are given none.'}
        </p>
      )}
    </div>
  )
}
