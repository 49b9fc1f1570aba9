import clsx from 'clsx'
import { formatBytes } from '#ui/kit/format.ts'

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
