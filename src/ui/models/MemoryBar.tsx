import clsx from 'clsx'
import { formatBytes, formatCount } from '#ui/kit/format.ts'
import type { MemoryNeed } from './memory-need.ts'

/** What a model takes in memory, to the scale that all rows share: weights, the window's cache, working room. */
export function MemoryBar({
  need,
  scaleBytes,
  windowTokens,
}: {
  readonly need: MemoryNeed
  readonly scaleBytes: number
  readonly windowTokens: number
}) {
  const width = (bytes: number) => `${(bytes / scaleBytes) * 100}%`
  return (
    <div
      role="img"
      aria-label={`Needs about ${formatBytes(need.totalBytes)}: weights ${formatBytes(need.weightBytes)}, window of ${formatCount(windowTokens)} ${formatBytes(need.windowBytes)}, working room ${formatBytes(need.workingBytes)}`}
      className="flex h-3 rounded-xs bg-sunk forced-colors:border"
    >
      <span
        className="min-w-0.5 rounded-[1px] bg-ink-2 forced-colors:bg-[CanvasText]"
        style={{ width: width(need.weightBytes) }}
      />
      <span
        className="min-w-0.5 rounded-[1px] bg-accent transition-[width] forced-colors:bg-[Highlight]"
        style={{ width: width(need.windowBytes) }}
      />
      <span className="rounded-[1px] ring-1 ring-edge ring-inset" style={{ width: width(need.workingBytes) }} />
    </div>
  )
}

/** What the colours of the bars mean. */
export function MemoryLegend() {
  return (
    <p className="mt-5.5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      <Key look="bg-ink-2">weights</Key>
      <Key look="bg-accent">window</Key>
      <Key look="ring-1 ring-edge ring-inset">working room, an estimate</Key>
      <span className="text-ink-3">
        How much this device can give is not known before a model is loaded, so no limit is drawn.
      </span>
    </p>
  )
}

function Key({ look, children }: { readonly look: string; readonly children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={clsx('h-2.25 w-3.5 rounded-[1px]', look)} />
      {children}
    </span>
  )
}

/** Marks above the bars, in the unit of the last one, which alone names it. */
export function MemoryScale({ ticks, scaleBytes }: { readonly ticks: readonly number[]; readonly scaleBytes: number }) {
  const unit = scaleBytes >= 1e9 ? 1e9 : 1e6
  const last = ticks.length - 1
  return (
    <div aria-hidden="true" className="relative h-5.5 font-mono text-2xs text-ink-3">
      {ticks.map((bytes, index) => (
        <span
          key={bytes}
          className={clsx(
            'absolute whitespace-nowrap',
            index === last && '-translate-x-full',
            index > 0 && index < last && '-translate-x-1/2',
          )}
          style={{ left: `${(bytes / scaleBytes) * 100}%` }}
        >
          {index === last ? formatBytes(bytes) : Number((bytes / unit).toFixed(2))}
        </span>
      ))}
    </div>
  )
}
