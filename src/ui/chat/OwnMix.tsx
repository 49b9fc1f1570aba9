import { allStrategies } from '#strategies/all-strategies.ts'
import { ownMixId, readOwnMix } from '#strategies/own-mix.ts'
import { missingOf } from '#strategies/reach.ts'
import { clashWords } from './call-words.ts'
import { MethodRow } from './MethodRow.tsx'

type Props = {
  /** The mix, as a profile's id. */
  readonly id: string
  readonly onChange: (id: string) => void
}

const offered = allStrategies.filter((strategy) => missingOf(strategy).length === 0)

/** The methods of the literature, each to be switched on, with its knobs. */
export function OwnMix({ id, onChange }: Props) {
  const { strategies, knobs } = readOwnMix(id) ?? { strategies: [], knobs: {} }
  const chosen = offered.filter((one) => strategies.includes(one.id))
  return (
    <fieldset className="mb-2 border-line border-l-2 pl-3.5">
      <legend className="sr-only">Methods</legend>
      {offered.map((strategy) => (
        <MethodRow
          key={strategy.id}
          strategy={strategy}
          on={strategies.includes(strategy.id)}
          knobs={knobs}
          onSwitch={(on) => {
            const others = strategies.filter((one) => one !== strategy.id)
            onChange(ownMixId({ strategies: on ? [...others, strategy.id] : others, knobs }))
          }}
          onTurn={(knob, value) => onChange(ownMixId({ strategies, knobs: { ...knobs, [`${strategy.id}.${knob}`]: value } }))}
        />
      ))}
      <div role="status" className="text-xs text-warn">
        {chosen.length === 0 && <p>Choose at least one method.</p>}
        {clashWords(chosen).map((words) => (
          <p key={words}>{words}</p>
        ))}
      </div>
    </fieldset>
  )
}
