import { remoteHost } from '#chat/remote-model-id.ts'
import type { EngineState, ModelRow } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatBytes } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { loadFraction, loadReason, loadWords } from '#ui/shell/engine-words.ts'
import { ChooseAnother } from './ChooseAnother.tsx'
import { EngineFailed } from './EngineFailed.tsx'
import { EngineSilent } from './EngineSilent.tsx'
import { EngineWaiting } from './EngineWaiting.tsx'

/** Between you and a reply while no model runs: what to load, how the loading goes, what went wrong. */
export function ModelGate() {
  const engine = useLonghand((state) => state.engine)
  const builtIn = useLonghand((state) => state.models.find(({ model }) => model.source === 'built-in'))
  switch (engine.type) {
    case 'none':
      return <Offer row={builtIn} />
    case 'loading':
      return <Loading engine={engine} />
    case 'waiting':
      return <EngineWaiting engine={engine} />
    case 'error':
      return <EngineFailed engine={engine} />
    default:
      return engine.silent ? <EngineSilent model={engine.model} /> : null
  }
}

const frame = 'flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-2'

/** "98 MB", as far as the engine that would run the model is known. */
function downloadSize(row: ModelRow): string | undefined {
  const build = row.engine && row.model.builds[row.engine]
  return build && formatBytes(build.downloadBytes)
}

function Offer({ row }: { readonly row: ModelRow | undefined }) {
  const { loadModel } = useActions()
  const remote = useLonghand((state) => state.models.find(({ model, engine }) => model.source === 'remote' && engine))
  if (!row) {
    return (
      <div className={frame}>
        <span>No model is loaded.</span>
        <ChooseAnother />
      </div>
    )
  }
  if (row.cannotRun) {
    return (
      <div className={frame}>
        <span>
          {row.model.name} cannot run here: {row.cannotRun}
        </span>
        <ChooseAnother />
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
      <ChooseAnother />
      <span>{row.onDisk === 'yes' ? 'It is on this device already.' : 'Downloaded once, then kept in this browser.'}</span>
      {remote && (
        <Button kind="outline" onClick={() => void loadModel(remote.model.id)}>
          Send to {remoteHost(remote.model.id)} instead, outside this page
        </Button>
      )}
    </div>
  )
}

function Loading({ engine }: { readonly engine: Extract<EngineState, { type: 'loading' }> }) {
  const { cancelLoad } = useActions()
  if (engine.silent) return <EngineSilent model={engine.model} />
  return (
    <div className={frame}>
      <span role={engine.again && 'status'}>{loadReason(engine)}</span>
      <ProgressBar label={`Loading ${engine.model.name}`} fraction={loadFraction(engine.progress)} className="min-w-24 flex-1" />
      <span className="num">{loadWords(engine)}</span>
      <Button kind="outline" onClick={cancelLoad}>
        Cancel
      </Button>
    </div>
  )
}
