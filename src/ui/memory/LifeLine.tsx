import clsx from 'clsx'
import type { Memory } from '#memory/memory.ts'
import { formatDay } from '#ui/kit/format.ts'

/** The values of one thing over time, to scale, the one that is shown in the accent. Nothing where there was only one. */
export function LifeLine({
  values,
  shown,
  now,
}: {
  readonly values: readonly Memory[]
  readonly shown: Memory
  readonly now: number
}) {
  const held = values.filter((value) => (value.validUntil ?? now) > value.validFrom || value.id === shown.id)
  const first = held[0]
  if (!first || held.length < 2) return null
  const end = Math.max(now, ...held.map((value) => Math.min(value.validUntil ?? now, now)))
  const place = (at: number) => Math.min(100, Math.max(0, ((at - first.validFrom) / Math.max(1, end - first.validFrom)) * 100))
  const says = held
    .map(
      (value) =>
        `${value.text} since ${formatDay(value.validFrom, now)}${value.validUntil ? ` until ${formatDay(value.validUntil, now)}` : ''}`,
    )
    .join('; ')
  return (
    <div className="mt-1 mb-3">
      <div role="img" aria-label={says} className="relative h-5 rounded-xs bg-sunk text-2xs leading-5 forced-colors:border">
        {held.map((value) => {
          const from = place(value.validFrom)
          return (
            <span
              key={value.id}
              style={{ left: `${from}%`, width: `${Math.max(2, place(value.validUntil ?? end) - from)}%` }}
              className={clsx(
                'absolute inset-y-0 truncate px-1.5 ring-1 ring-rail',
                value.id === shown.id ? 'rounded-xs bg-accent font-semibold text-on-accent' : 'text-ink-2',
              )}
            >
              {value.text}
            </span>
          )
        })}
      </div>
      <div aria-hidden="true" className="mt-0.5 flex justify-between font-mono text-2xs text-ink-3">
        <span>{formatDay(first.validFrom, now)}</span>
        <span>today</span>
      </div>
    </div>
  )
}
