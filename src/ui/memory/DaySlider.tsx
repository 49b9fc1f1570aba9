import { useId } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { formatDay, formatPlural } from '#ui/kit/format.ts'
import { endOfDay } from './use-memory-days.ts'

type Props = {
  readonly now: number
  /** Days back to the first change. */
  readonly days: number
  /** Days back that are shown; 0 is today. */
  readonly back: number
  readonly onChange: (back: number) => void
  readonly onClose: () => void
}

/** Moves through the days of memory: what was known at the end of each. */
export function DaySlider({ now, days, back, onChange, onClose }: Props) {
  const id = useId()
  const day = back === 0 ? 'today' : formatDay(endOfDay(now, back), now)
  return (
    <div className="mt-2 rounded-lg bg-rail px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <label htmlFor={id} className="text-sm font-semibold">
          As of {day}
        </label>
        <span role="status" className="flex-1 text-xs text-ink-2">
          {back === 0
            ? 'Move back to see what was known then.'
            : `${formatPlural(back, 'day')} ago. What was known then, to read only.`}
        </span>
        <Button kind="text" className="-mr-1.5" onClick={onClose}>
          {back === 0 ? 'Close' : 'Back to today'}
        </Button>
      </div>
      <input
        id={id}
        type="range"
        min={-days}
        max={0}
        step={1}
        value={-back}
        aria-valuetext={back === 0 ? 'today' : day}
        onChange={(event) => onChange(-Number(event.target.value))}
        className="mt-1.5 block h-6 touch:h-11 w-full cursor-pointer accent-accent"
      />
      <div aria-hidden="true" className="flex justify-between font-mono text-2xs text-ink-3">
        <span>{formatDay(endOfDay(now, days), now)}</span>
        <span>today</span>
      </div>
    </div>
  )
}
