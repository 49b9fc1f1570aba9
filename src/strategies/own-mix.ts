import { allStrategies } from './all-strategies.ts'
import type { Profile } from './profile.ts'
import type { Knob, Strategy } from './strategy.ts'

/** Strategies that the user put together, by their ids, and the knobs, by `strategy.knob`, that are not as the strategy has them. */
export type OwnMix = { readonly strategies: readonly string[]; readonly knobs: Readonly<Record<string, number>> }

const prefix = 'own:'

/** Whether a profile is the user's own mix. */
export const isOwnMix = (id: string): boolean => id.startsWith(prefix)

/**
 * The id of a mix as a profile: it spells what is in it (`own:epi-cache,light;epi-cache.episodes=3`), so that a receipt that
 * names it tells all, and equal mixes are equal in whatever order they were chosen.
 */
export function ownMixId({ strategies, knobs }: OwnMix): string {
  const chosen = allStrategies.filter(({ id }) => strategies.includes(id))
  const turned = chosen.flatMap(({ id, knobs: own }) =>
    own.flatMap((knob) => {
      const value = knobs[`${id}.${knob.name}`]
      return value === undefined || within(knob, value) === knob.default ? [] : [`${id}.${knob.name}=${within(knob, value)}`]
    }),
  )
  return [`${prefix}${chosen.map(({ id }) => id).join(',')}`, ...turned].join(';')
}

/** Reads an id: what is not offered any more is left out, and a knob is turned no further than it goes. Undefined where nothing is left. */
export function readOwnMix(id: string): OwnMix | undefined {
  if (!isOwnMix(id)) return undefined
  const [names = '', ...turned] = id.slice(prefix.length).split(';')
  const strategies = allStrategies.filter((one) => names.split(',').includes(one.id))
  if (strategies.length === 0) return undefined
  const values = new Map(turned.map((one) => one.split('=') as [string, string | undefined]))
  const knobs = strategies.flatMap((strategy) =>
    strategy.knobs.flatMap((knob): [string, number][] => {
      const name = `${strategy.id}.${knob.name}`
      const value = Number(values.get(name) ?? Number.NaN)
      return Number.isFinite(value) ? [[name, within(knob, value)]] : []
    }),
  )
  return { strategies: strategies.map((strategy) => strategy.id), knobs: Object.fromEntries(knobs) }
}

/** The mix that an id spells, as a profile; undefined where it spells none. */
export function ownProfile(id: string): Profile | undefined {
  const mix = readOwnMix(id)
  if (!mix) return undefined
  const strategies = allStrategies.filter((one) => mix.strategies.includes(one.id)).map((one) => turn(one, mix.knobs))
  return { id: ownMixId(mix), name: 'Your own mix', about: strategies.map(({ name }) => name).join('; '), strategies }
}

function turn(strategy: Strategy, knobs: OwnMix['knobs']): Strategy {
  return {
    ...strategy,
    knobs: strategy.knobs.map((knob) => ({ ...knob, default: knobs[`${strategy.id}.${knob.name}`] ?? knob.default })),
  }
}

const within = ({ min, max }: Knob, value: number): number => Math.min(max, Math.max(min, value))
