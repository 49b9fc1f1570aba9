import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allStrategies } from './all-strategies.ts'
import { isOwnMix, ownMixId, readOwnMix } from './own-mix.ts'
import { planOf, profileOf } from './profiles.ts'

const knobNames = allStrategies.flatMap(({ id, knobs }) => knobs.map(({ name }) => `${id}.${name}`))
const mixes = fc.record({
  strategies: fc.uniqueArray(fc.constantFrom(...allStrategies.map(({ id }) => id)), { minLength: 1 }),
  knobs: fc.dictionary(fc.constantFrom(...knobNames), fc.integer({ min: -5, max: 500 })),
})

describe('own mix', () => {
  it('an id spells its mix: read and spelt again it is the same, whatever the order of the choice', () => {
    fc.assert(
      fc.property(mixes, (mix) => {
        const id = ownMixId(mix)
        expect(isOwnMix(id)).toBe(true)
        const read = readOwnMix(id)
        expect(new Set(read?.strategies)).toEqual(new Set(mix.strategies))
        expect(read && ownMixId(read)).toBe(id)
        expect(ownMixId({ ...mix, strategies: mix.strategies.toReversed() })).toBe(id)
      }),
    )
  })

  it('its plan is that of its strategies, with the knobs as they were turned, within their bounds', () => {
    const id = ownMixId({ strategies: ['epi-cache', 'mem-gpt'], knobs: { 'epi-cache.episodes': 3, 'mem-gpt.steps': 99 } })
    const { knobs, writers, seek } = planOf(id)
    expect(knobs).toMatchObject({ 'epi-cache.episodes': 3, 'mem-gpt.steps': 8 })
    expect(writers.map(({ writer }) => writer)).toContain('core')
    expect(Object.keys(seek)).toEqual(['episode'])
    expect(profileOf(id).id).toBe(id)
  })

  it('what is not offered any more is left out; where nothing is left, the default holds', () => {
    expect(readOwnMix('own:light,gone;light.x=3')).toEqual({ strategies: ['light'], knobs: {} })
    for (const id of ['own:', 'own:gone', 'own', '']) expect([readOwnMix(id), profileOf(id).id]).toEqual([undefined, 'everyday'])
  })
})
