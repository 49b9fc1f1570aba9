import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkAccount, checkBudget, checkCounts, itemsOf } from '#context/testing/check-manifest.ts'
import { anyInput, cases, manifestOf } from '#context/testing/worlds.ts'
import { assemble } from './assemble.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { Manifest } from './manifest.ts'

vi.setConfig({ testTimeout: 900_000 })

function holds(check: (manifest: Manifest, input: AssembleInput, count: CountTokens) => void): void {
  let made = 0
  fc.assert(
    fc.property(anyInput, ({ input, count }) => {
      const manifest = manifestOf(() => assemble(input, count))
      if (!manifest) return
      made++
      check(manifest, input, count)
    }),
    { numRuns: cases },
  )
  expect(made).toBeGreaterThan(cases / 2)
}

describe('assemble, a new epoch', () => {
  it('[C1] never exceeds the budget', () => holds(checkBudget))

  it('[C2] gives the same bytes for the same input', () =>
    holds((manifest, input, count) =>
      expect(JSON.stringify(assemble(structuredClone(input), count))).toBe(JSON.stringify(manifest)),
    ))

  it('[C4] accounts for every candidate, memory and message once, with a true reason', () => holds(checkAccount))

  it('[C5] always sends the newest message, or says that it is too long', () => {
    fc.assert(
      fc.property(anyInput, ({ input, count }) => {
        const manifest = manifestOf(() => assemble(input, count))
        const newest = input.path.at(-1)
        if (manifest) expect(itemsOf(manifest).filter((item) => item.key === newest?.id && item.ref === 'M1')).toHaveLength(1)
        else expect(() => assemble({ ...input, windowTokens: 10_000_000 }, count)).not.toThrow()
      }),
      { numRuns: cases },
    )
  })

  it('[C6] counts exactly what is sent', () => holds((manifest, _input, count) => checkCounts(manifest, count)))
})
