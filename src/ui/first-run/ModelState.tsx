import type { Device } from '#runtime/state.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

function deviceWords(device: Device): string {
  const threads = device.threads === 1 ? 'one thread' : `${device.threads} threads`
  switch (device.gpu) {
    case 'real':
      return `This device has a GPU for it${device.gpuName ? `: ${device.gpuName}` : ''}.`
    case 'software':
      return `The browser offers only a software GPU, so it runs on the processor (${threads}).`
    case 'none':
      return `The browser offers no GPU, so it runs on the processor (${threads}).`
    default:
      return 'What this device offers is being found out.'
  }
}

/** Whether a model runs, and on what, or what it would run on here. */
export function ModelState() {
  const engine = useLonghand((state) => state.engine)
  const device = useLonghand((state) => state.device)
  const running = (engine.type === 'ready' || engine.type === 'generating') && !engine.silent
  return (
    <p className="mt-4.5 flex gap-2.5 text-sm text-ink-2">
      <span
        className={`mt-1.75 size-1.75 flex-none rounded-full forced-colors:border ${running ? 'bg-good' : engine.type === 'error' ? 'bg-bad' : 'ring-[1.5px] ring-inset ring-edge'}`}
      />
      {running ? (
        <span>
          {engine.model.name} is ready · {engine.loaded.runsOn}
        </span>
      ) : (
        <span>{deviceWords(device)}</span>
      )}
    </p>
  )
}
