import { useState } from 'react'
import type { Model, ModelBuild } from '#ports/model.ts'
import type { ModelRow } from '#runtime/state.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { formatBytes, formatCount } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { loadFraction, loadWords } from '#ui/shell/engine-words.ts'
import { DeleteFilesDialog } from './DeleteFilesDialog.tsx'
import { onDiskWords } from './model-words.ts'
import { writingSpeed } from './writing-speed.ts'

type Props = { readonly row: ModelRow; readonly build: ModelBuild | undefined }

/** Where a model stands on this device, and what can be done with it. */
export function ModelStatus({ row, build }: Props) {
  const { model } = row
  const engine = useLonghand((state) => state.engine)
  const mine = engine.type !== 'none' && engine.model.id === model.id
  if (mine && engine.type === 'loading') return <Loading model={model} />
  if (mine && (engine.type === 'ready' || engine.type === 'generating')) return <Loaded model={model} />
  return <AtRest row={row} build={build} failed={mine && engine.type === 'error'} />
}

function Loading({ model }: { readonly model: Model }) {
  const engine = useLonghand((state) => state.engine)
  const { cancelLoad } = useActions()
  if (engine.type !== 'loading') return null
  return (
    <>
      <span>{loadWords(engine)}</span>
      <ProgressBar label={`Loading ${model.name}`} fraction={loadFraction(engine.progress)} className="w-full" />
      <Button kind="text" className="-mr-1.5 phone:-ml-1.5" onClick={cancelLoad}>
        Cancel
      </Button>
    </>
  )
}

function Loaded({ model }: { readonly model: Model }) {
  const speed = useLonghand((state) => writingSpeed(state, model.id))
  const { unloadModel } = useActions()
  return (
    <>
      <span className="flex items-center gap-1.5 font-semibold text-ink">
        <span aria-hidden="true" className="size-1.75 rounded-full bg-good" />
        Loaded
      </span>
      {speed !== undefined && <span>{speed < 10 ? speed.toFixed(1) : formatCount(speed)} tokens a second</span>}
      <Button kind="text" className="-mr-1.5 phone:-ml-1.5" onClick={() => void unloadModel()}>
        Unload
      </Button>
    </>
  )
}

function AtRest({ row, build, failed }: Props & { readonly row: ModelRow; readonly failed: boolean }) {
  const { model, onDisk, diskBytes } = row
  const { loadModel } = useActions()
  const [deleting, setDeleting] = useState(false)
  const runs = build !== undefined && row.cannotRun === undefined
  const fits = row.plan === undefined || row.plan.safeTokens > 0
  const loadable = runs && (model.source === 'built-in' || onDisk === 'yes')
  const size = build ? ` ${formatBytes(build.downloadBytes)}` : ''
  return (
    <>
      <span>
        {onDiskWords[onDisk]}
        {diskBytes !== undefined && diskBytes > 0 && (
          <>
            {', '}
            <span className="num">{formatBytes(diskBytes)}</span>
          </>
        )}
      </span>
      {loadable && (
        <Button kind="outline" onClick={() => void loadModel(model.id)}>
          {failed ? 'Try again' : onDisk === 'yes' ? 'Load' : `Load,${size}`}
        </Button>
      )}
      {runs && !loadable && model.source === 'file' && (
        <span>Its file is damaged or was cleared. Bring it again, or delete what is left.</span>
      )}
      {runs && !loadable && model.source === 'hub' && (
        <a href={`/get.html?model=${encodeURIComponent(model.id)}`} className={buttonClass(fits ? 'outline' : 'text')}>
          {onDisk === 'partly' ? 'Go on downloading' : `Download${size}${fits ? '' : ' anyway'}`}
        </a>
      )}
      {(onDisk === 'yes' || onDisk === 'partly') && (
        <Button kind="text" className="-mr-1.5 phone:-ml-1.5" onClick={() => setDeleting(true)}>
          Delete files
        </Button>
      )}
      {deleting && <DeleteFilesDialog model={model} diskBytes={diskBytes} onClose={() => setDeleting(false)} />}
    </>
  )
}
