import type { ReactNode } from 'react'
import { askedBufferBytes } from '#ports/plan-window.ts'
import type { Device, StorageState } from '#runtime/state.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { gpuWords } from './model-words.ts'

/** What this device offers a model, as far as the browser tells, and the room on its disk. */
export function DeviceCard() {
  const device = useLonghand((state) => state.device)
  const storage = useLonghand((state) => state.storage)
  return (
    <section aria-label="This device" className="mt-5 rounded-lg bg-rail px-5 py-4">
      <dl className="grid grid-cols-[repeat(4,auto)] justify-between gap-x-7 gap-y-3.5 phone:grid-cols-2">
        <Entry name="GPU adapter">{gpuWords(device)}</Entry>
        {device.shaderF16 !== undefined && <Entry name="Half precision (f16)">{device.shaderF16 ? 'Yes' : 'No'}</Entry>}
        {device.maxBufferBytes !== undefined && device.maxBindingBytes !== undefined && (
          <Entry name="Largest buffer for a model">
            <span className="num">
              {formatBytes(askedBufferBytes({ maxBufferBytes: device.maxBufferBytes, maxBindingBytes: device.maxBindingBytes }))}
            </span>
          </Entry>
        )}
        <Entry name="CPU threads">{threadWords(device)}</Entry>
      </dl>
      <Storage storage={storage} />
    </section>
  )
}

function Entry({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function threadWords(device: Device): ReactNode {
  const threads = <span className="num">{formatCount(device.threads)}</span>
  return device.crossOriginIsolated ? <>{threads}, page isolated</> : <>{threads}, one usable: the page is not isolated</>
}

function Storage({ storage }: { readonly storage: StorageState }) {
  const { keepStorage } = useActions()
  const { usageBytes, quotaBytes, persisted } = storage
  return (
    <div className="mt-3.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
      {usageBytes !== undefined && (
        <span>
          Storage <span className="num">{formatBytes(usageBytes)}</span> used
        </span>
      )}
      {usageBytes !== undefined && quotaBytes !== undefined && (
        <>
          <span
            role="img"
            aria-label={`${formatBytes(usageBytes)} of ${formatBytes(quotaBytes)} used`}
            className="h-2 min-w-30 flex-1 overflow-hidden rounded-xs bg-sunk forced-colors:border"
          >
            <span className="block h-full bg-ink-2" style={{ width: `${Math.min(1, usageBytes / quotaBytes) * 100}%` }} />
          </span>
          <span>
            <span className="num">{formatBytes(Math.max(0, quotaBytes - usageBytes))}</span> free for this page
          </span>
        </>
      )}
      {persisted === true && <span>Kept for good: the browser does not clear it by itself.</span>}
      {persisted !== true && (
        <span>
          {persisted === false ? 'The browser may clear it when space is short. ' : ''}
          <button type="button" className="link touch:min-h-11" onClick={() => void keepStorage()}>
            Keep it for good
          </button>
        </span>
      )}
    </div>
  )
}
