import { type EmbedderModel, embedderBytes } from '#ports/embedder.ts'
import { chosenEmbedder } from '#runtime/embedding/chosen-embedder.ts'
import type { EmbedderState } from '#runtime/state.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { formatBytes, formatPlural } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { loadFraction, loadWords } from '#ui/shell/engine-words.ts'
import { OwnEmbedder } from './OwnEmbedder.tsx'

/** By which vectors memory is recalled, what the neural ones cost, and where they stand. */
export function MeaningRow() {
  const meaning = useLonghand((state) => state.settings.meaning)
  const memory = useLonghand((state) => state.settings.memory)
  const model = useLonghand((state) => chosenEmbedder(state) ?? state.embedderModels[0])
  const { updateSettings } = useActions()
  if (!model || !memory) return null
  return (
    <div className="py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <div>Recall by meaning</div>
          <p className="max-w-120 text-xs text-ink-3">
            Small compares single words and is always there. Neural also compares whole sentences: {model.name},{' '}
            <span className="num">{formatBytes(embedderBytes(model))}</span> to load,{' '}
            <span className="num">{formatBytes(model.memoryBytes)}</span>{' '}
            {model.gpu
              ? 'of the GPU’s memory beside the chat model, and a moment of the GPU'
              : 'of memory, and a moment of one processor core'}{' '}
            for each message you wrote, while nothing else runs.
          </p>
        </div>
        <Segmented
          label="Recall by meaning"
          hideLabel
          value={meaning}
          options={[
            { value: 'small', label: 'Small' },
            { value: 'neural', label: 'Neural' },
          ]}
          onChange={(value) => void updateSettings({ meaning: value })}
        />
      </div>
      {meaning === 'neural' && <EmbedderStatus model={model} />}
      {meaning === 'neural' && <OwnEmbedder />}
    </div>
  )
}

function EmbedderStatus({ model }: { readonly model: EmbedderModel }) {
  const embedder = useLonghand((state) => state.embedder)
  const { cancelEmbedder, retryEmbedder } = useActions()
  const problem = embedder.type === 'error' ? embedder.problem.type : ''
  const missing = model.gpu?.source === 'hub' && problem === 'engine/file-missing'
  const toFetch = missing || (model.gpu?.source === 'hub' && problem === 'engine/wrong-digest')
  switch (embedder.type) {
    case 'loading':
      return (
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
          <span className="num">{loadWords(embedder)}</span>
          <ProgressBar label="Loading the neural model" fraction={loadFraction(embedder.progress)} className="min-w-24 flex-1" />
          <Button kind="text" className="-mr-1.5" onClick={cancelEmbedder}>
            Cancel
          </Button>
        </div>
      )
    case 'error':
      return (
        <div role="alert" className="mt-2 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 text-xs">
          <p className="min-w-0 flex-1 basis-64">
            <span className={missing ? 'text-ink' : 'text-bad'}>{embedder.problem.title}</span>{' '}
            <span className="text-ink-2">{embedder.problem.advice} Until then memory compares single words.</span>
          </p>
          {toFetch && (
            <a href={`/get.html?model=${encodeURIComponent(model.id)}`} className={buttonClass('outline')}>
              Download <span className="num">{formatBytes(embedderBytes(model))}</span>
            </a>
          )}
          {!toFetch && (
            <Button kind="outline" onClick={retryEmbedder}>
              Try again
            </Button>
          )}
        </div>
      )
    case 'cancelled':
      return (
        <div className="mt-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-xs text-ink-2">
          <span>Not loaded: it was cancelled.</span>
          <Button kind="outline" onClick={retryEmbedder}>
            Load
          </Button>
        </div>
      )
    default:
      return <p className="mt-2 text-xs text-ink-2">{standing(embedder)}</p>
  }
}

function standing(embedder: Extract<EmbedderState, { type: 'off' | 'cancelled' | 'ready' }>): string {
  if (embedder.type !== 'ready') return 'It runs in the tab that holds the model.'
  const messages = formatPlural(embedder.messages, 'message')
  return embedder.catchingUp
    ? `Loaded. ${messages} read so far; it goes on while nothing else runs.`
    : `Loaded. ${messages} of yours can be found by their sentences.`
}
