import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readModes } from '#memory/read-modes.ts'
import { allStrategies } from './all-strategies.ts'
import { endsFirst } from './ends-first.ts'
import { mergeProfile } from './merge-profile.ts'
import { planOf, profileOf, profiles } from './profiles.ts'
import { missingOf } from './reach.ts'

it('merging is mechanical: one writer a kind, one section a name with its most lines, one way to answer by priority', () => {
  fc.assert(
    fc.property(fc.subarray([...allStrategies]), (some) => {
      const plan = mergeProfile(some)
      const names = plan.writers.map(({ writer, on }) => `${writer} ${on}`)
      expect(new Set(names).size).toBe(names.length)
      for (const { remember, lay, answer, recalls } of some) {
        for (const writer of remember) {
          const one = plan.writers.find((other) => other.writer === writer.writer && other.on === writer.on)
          expect(one?.kinds).toEqual(expect.arrayContaining([...writer.kinds]))
        }
        for (const { section, most } of lay)
          expect(plan.sections.find((one) => one.section === section)?.most).toBeGreaterThanOrEqual(most)
        expect(readModes[plan.answer].priority).toBeGreaterThanOrEqual(readModes[answer].priority)
        if (!recalls) expect(plan.recalls).toBe(false)
      }
      expect(mergeProfile([...some, ...some]).writers).toEqual(plan.writers)
    }),
  )
})

it('knobs lie within their ranges, ids are unique, and what a strategy lays some strategy writes', () => {
  expect(new Set(allStrategies.map(({ id }) => id)).size).toBe(19)
  expect(new Set(allStrategies.map(({ paper }) => paper.number)).size).toBe(19)
  for (const { knobs } of allStrategies)
    for (const knob of knobs) expect(knob.default >= knob.min && knob.default <= knob.max).toBe(true)
})

it('an unknown profile is the default one, which can be switched on and costs no call before a reply', () => {
  expect(profileOf('gone').id).toBe('everyday')
  expect(profiles[0]?.strategies.flatMap(missingOf)).toEqual([])
  expect(planOf(undefined).calls.beforeReply).toBe(0)
  expect(planOf('bare').recalls).toBe(false)
})

it('ends first: every one once, the first at the front and the second at the back', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat()), (ranked) => {
      const laid = endsFirst(ranked)
      expect([...laid].sort()).toEqual([...ranked].sort())
      expect(laid[0]).toBe(ranked[0])
      if (ranked.length > 1) expect(laid.at(-1)).toBe(ranked[1])
    }),
  )
})
