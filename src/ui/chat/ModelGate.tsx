import { Link } from 'wouter'
import type { EngineState, ModelRow } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatBytes } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { loadFraction, loadWords } from '#ui/shell/engine-words.ts'

/** Between you and a reply while no model runs: what to load, how the loading goes, what went wrong. */
export function ModelGate() {
  const engine = useLonghand((state) => state.engine)
  const builtIn = useLonghand((state) => state.models.find(({ model }) => model.source === 'built-in'))
  switch (engine.type) {
    case 'none':
      return <Offer row={builtIn} />
    case 'loading':
      return <Loading engine={engine} />
    case 'error':
      return <Failed engine={engine} />
    default:
      return null
  }
}

const frame = 'flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-2'
const choose = (
  <Link href="/models" className="link touch:inline-flex touch:min-h-11 touch:items-center">
    Choose another
  </Link>
)

/** "98 MB", as far as the engine that would run the model is known. */
function downloadSize(row: ModelRow): string | undefined {
  const build = row.engine && row.model.builds[row.engine]
  return build && formatBytes(build.downloadBytes)
}

function Offer({ row }: { readonly row: ModelRow | undefined }) {
  const { loadModel } = useActions()
  if (!row) {
    return (
      <div className={frame}>
        <span>No model is loaded.</span>
        {choose}
      </div>
    )
  }
  if (row.cannotRun) {
    return (
      <div className={frame}>
        <span>
          {row.model.name} cannot run here: {row.cannotRun}
        </span>
        {choose}
      </div>
    )
  }
  const size = downloadSize(row)
  return (
    <div className={frame}>
      <Button kind="primary" onClick={() => void loadModel(row.model.id)}>
        Load {row.model.name}
        {size && `, ${size}`}
      </Button>
      {choose}
      <span>{row.onDisk === 'yes' ? 'It is on this device already.' : 'Downloaded once, then kept in this browser.'}</span>
    </div>
  )
}

function Loading({ engine }: { readonly engine: Extract<EngineState, { type: 'loading' }> }) {
  const { cancelLoad } = useActions()
  return (
    <div className={frame}>
      <span>Loading {engine.model.name}</span>
      <ProgressBar label={`Loading ${engine.model.name}`} fraction={loadFraction(engine.progress)} className="min-w-24 flex-1" />
      <span className="num">{loadWords(engine)}</span>
      <Button kind="outline" onClick={cancelLoad}>
        Cancel
      </Button>
    </div>
  )
}

function Failed({ engine }: { readonly engine: Extract<EngineState, { type: 'error' }> }) {
  const { loadModel } = useActions()
  const { problem, model } = engine
  return (
    <div role="alert" className="pl-4 shadow-[inset_3px_0_0_var(--color-bad)]">
      <p className="font-semibold">{problem.title}</p>
      <p className="max-w-152 text-ink-2">{problem.advice}</p>
      {problem.detail && <Detail text={problem.detail} />}
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <Button kind="primary" onClick={() => void loadModel(model.id)}>
          Load {model.name} again
        </Button>
        {choose}
      </div>
    </div>
  )
}

/** The technical text of a problem, on demand. */
export function Detail({ text }: { readonly text: string }) {
  return (
    <details className="mt-1 text-xs text-ink-3">
      <summary className="w-fit cursor-pointer touch:py-3">What happened</summary>
      <p className="mt-1 font-mono wrap-anywhere whitespace-pre-wrap">{text}</p>
    </details>
  )
}
