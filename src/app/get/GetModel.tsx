import { useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { deleteModelFiles } from '#engine/model-files/model-files-state.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { formatBytes } from '#ui/kit/format.ts'
import { BringFiles } from './BringFiles.tsx'
import { createDownload } from './create-download.ts'
import { DownloadProgress } from './DownloadProgress.tsx'
import type { HubOffer } from './hub-build.ts'
import { ModelFacts } from './ModelFacts.tsx'
import { readSource } from './source-of.ts'
import { useHere } from './use-here.ts'

/** Downloads one model: what it is and costs, its licence, progress in bytes, and the way back to the chat. */
export function GetModel({ offer }: { readonly offer: HubOffer }) {
  const { build, usedAt } = offer
  const [agreed, setAgreed] = useState(!offer.licence.mustAccept)
  const [address, setAddress] = useState('')
  const [brought, setBrought] = useState(0)
  const source = readSource(address, location.origin)
  const sourceOf = useRef((url: string) => url)
  const download = useMemo(
    () =>
      createDownload({
        fetchFiles: (watch, signal) =>
          ensureModelFiles(build, { mayDownload: true, signal, ...watch, sourceOf: (url) => sourceOf.current(url) }),
        removeFiles: () => deleteModelFiles(build),
        now: () => performance.now(),
      }),
    [build],
  )
  const state = useSyncExternalStore(download.subscribe, download.getState)
  const here = useHere(build, `${state.type} ${brought}`)
  const size = `${build.files.length === 0 ? 'about ' : ''}${formatBytes(build.downloadBytes)}`
  const begins = state.type === 'idle' || state.type === 'paused' || state.type === 'failed'
  const partly = here !== undefined && here.onDisk !== 'no'
  function start(): void {
    if (typeof source === 'string') return
    sourceOf.current = source
    // Asked here, where it is plain what for; whatever the answer, the download goes on.
    void navigator.storage?.persist?.().catch(() => false)
    void download.start()
  }
  return (
    <>
      <h1 className="text-xl font-semibold">{offer.name}</h1>
      <p className="mt-1 text-ink-2">{offer.note}</p>
      <ModelFacts
        offer={offer}
        size={size}
        here={here}
        when={state.type}
        address={address}
        problem={typeof source === 'string' ? source : undefined}
        onAddress={setAddress}
      />
      {offer.licence.mustAccept && (
        <label className="mt-4 flex items-start gap-2.5 touch:min-h-11 touch:items-center">
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => setAgreed(event.target.checked)}
            className="mt-1 size-4 accent-accent"
          />
          I accept the {offer.licence.name}
        </label>
      )}
      <p className="mt-4 max-w-prose text-ink-2">
        The hub sees that this browser asks for these files, and nothing else.
        {!offer.licence.mustAccept && ' By downloading you accept the licence.'}
      </p>

      <div className="mt-6" aria-live="polite">
        <DownloadProgress state={state} name={offer.name} />
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        {begins && (
          <Button kind="primary" disabled={!agreed || typeof source === 'string'} onClick={start}>
            {state.type === 'failed' ? 'Try again' : state.type === 'paused' || partly ? 'Go on' : `Download ${size}`}
          </Button>
        )}
        {state.type === 'running' && (
          <Button kind="outline" onClick={download.pause}>
            Pause
          </Button>
        )}
        {(state.type === 'running' || state.type === 'paused' || state.type === 'failed' || (begins && partly)) && (
          <Button onClick={() => void download.cancel()}>Cancel and remove</Button>
        )}
        <a href={usedAt} className={buttonClass(state.type === 'done' ? 'primary' : 'plain')}>
          {state.type === 'done' ? 'Back to load it' : 'Back to Longhand'}
        </a>
      </div>
      {state.type !== 'running' && <BringFiles build={build} onTaken={() => setBrought((count) => count + 1)} />}
    </>
  )
}
