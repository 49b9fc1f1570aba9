import { remoteHost } from '#chat/remote-model-id.ts'
import type { ModelRow } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { Switch } from '#ui/kit/Switch.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'

type Props = { readonly row: ModelRow; readonly onChange: () => void }

/** The chosen model of the server: where it runs, whether it is connected, what it may be asked. */
export function ServerModelRow({ row, onChange }: Props) {
  const { model } = row
  const { sideWork, model: chosen } = useLonghand((state) => state.remote.settings)
  const engine = useLonghand((state) => state.engine)
  const { loadModel, unloadModel, cancelLoad, setRemote } = useActions()
  const mine = engine.type !== 'none' && engine.model.id === model.id
  const connected = mine && (engine.type === 'ready' || engine.type === 'generating')
  const host = remoteHost(model.id)
  return (
    <div>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="font-semibold wrap-anywhere">{model.name}</h3>
          <p className="text-xs text-ink-3">
            on {host} · window <span className="num">{formatCount(model.contextLength)}</span>
            {chosen?.windowBy === 'user' ? ' as you entered it' : ' as the server says'}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2 text-xs">
          {connected && (
            <span className="flex items-center gap-1.5 font-semibold">
              <span aria-hidden="true" className="size-1.75 rounded-full bg-warn" />
              Connected
            </span>
          )}
          {connected ? (
            <Button kind="outline" onClick={() => void unloadModel()}>
              Disconnect
            </Button>
          ) : mine && engine.type === 'loading' ? (
            <Button kind="outline" onClick={cancelLoad}>
              Cancel connecting
            </Button>
          ) : (
            <Button kind="outline" disabled={row.cannotRun !== undefined} onClick={() => void loadModel(model.id)}>
              Connect to {host}
            </Button>
          )}
          <Button kind="text" onClick={onChange}>
            Change…
          </Button>
        </div>
      </div>
      {row.cannotRun && <p className="mt-1 text-sm text-warn">{row.cannotRun}</p>}
      {mine && engine.type === 'error' && (
        <div role="alert" className="mt-3">
          <ProblemNote problem={engine.problem} />
        </div>
      )}
      <div className="mt-3">
        <Switch
          label="Also for work beside the chat"
          hint="Titles, summaries, facts and the choice of memories. A change disconnects."
          checked={sideWork}
          onChange={(value) => void setRemote({ sideWork: value })}
        />
      </div>
    </div>
  )
}
