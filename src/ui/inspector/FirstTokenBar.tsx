import { type FirstToken, firstTokenParts } from '#context/first-token.ts'
import type { ActualUsage } from '#context/manifest.ts'
import { formatSeconds } from '#ui/kit/format.ts'

type Part = { readonly label: string; readonly ms: number; readonly look: string }

function partsOf({ queueMs, readMs, firstMs }: FirstToken): readonly Part[] {
  return [
    { label: 'waiting', ms: queueMs, look: 'bg-line' },
    { label: 'reading', ms: readMs, look: 'bg-ink-2' },
    { label: 'first word', ms: firstMs, look: 'bg-accent' },
  ]
}

/** What the wait for the first word went into, to scale. */
export function FirstTokenBar({ actual }: { readonly actual: ActualUsage }) {
  const split = firstTokenParts(actual)
  if (!split) return <p className="mt-1 text-xs text-ink-3">No word came, so there is no time to it.</p>
  const parts = partsOf(split)
  return (
    <>
      <p className="mt-1 flex text-xs text-ink-2">
        <span className="flex-1">To the first word</span>
        <span className="num text-ink">{formatSeconds(split.totalMs)}</span>
      </p>
      <div aria-hidden="true" className="mt-1 flex h-2 gap-px overflow-hidden rounded-xs bg-sunk forced-colors:border">
        {parts.map(({ label, ms, look }) => (
          <span
            key={label}
            className={`${look} min-w-px forced-colors:bg-[CanvasText]`}
            style={{ width: `${split.totalMs === 0 ? 0 : (ms / split.totalMs) * 100}%` }}
          />
        ))}
      </div>
      <p className="mt-1 mb-1.5 flex flex-wrap gap-x-3.5 text-xs text-ink-3">
        {parts.map(({ label, ms, look }) => (
          <span key={label} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2 rounded-[1px] ${look} forced-colors:border`} />
            {label} <span className="num text-ink-2">{formatSeconds(ms)}</span>
          </span>
        ))}
      </p>
    </>
  )
}
