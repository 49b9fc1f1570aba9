import { useId } from 'react'
import type { Strategy } from '#strategies/strategy.ts'
import { callWords, needWords } from './call-words.ts'

type Props = {
  readonly strategy: Strategy
  readonly on: boolean
  /** Knobs that were turned, by `strategy.knob`. */
  readonly knobs: Readonly<Record<string, number>>
  readonly onSwitch: (on: boolean) => void
  readonly onTurn: (knob: string, value: number) => void
}

/** A method: what it remembers, where it comes from, what it costs, and its knobs while it is on. */
export function MethodRow({ strategy, on, knobs, onSwitch, onTurn }: Props) {
  const id = useId()
  const { name, remembers, paper, calls, needs } = strategy
  const need = needWords(needs)
  return (
    <div className="border-line border-t py-2 first:border-t-0">
      <label className="flex cursor-pointer items-start gap-2.5 touch:min-h-11">
        <input
          type="checkbox"
          checked={on}
          aria-describedby={id}
          onChange={({ target }) => onSwitch(target.checked)}
          className="mt-1 accent-accent"
        />
        <span className="min-w-0">
          <span className="font-semibold">{name}</span>
          <small className="block text-xs text-ink-2">{remembers}</small>
        </span>
      </label>
      <p id={id} className="pl-5.75 text-xs text-ink-3">
        {callWords(calls)} {need} After “{paper.title}”: {paper.section}.
      </p>
      {on &&
        strategy.knobs.map(({ name: knob, meaning, unit, min, max, default: usual }) => {
          const value = knobs[`${strategy.id}.${knob}`] ?? usual
          return (
            <label key={knob} className="mt-1.5 block pl-5.75 text-xs text-ink-2">
              <span className="flex items-baseline justify-between gap-2">
                <span className="block first-letter:uppercase">{meaning}</span>
                <span className="font-mono text-ink">
                  {value} {unit}
                </span>
              </span>
              <input
                type="range"
                min={min}
                max={max}
                value={value}
                onChange={({ target }) => onTurn(knob, Number(target.value))}
                className="w-full accent-accent touch:h-11"
              />
            </label>
          )
        })}
    </div>
  )
}
