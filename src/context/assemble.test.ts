import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { assemble } from './assemble.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import { checkAccount, checkBudget, checkCounts, itemsOf } from './check-manifest.ts'
import type { Manifest } from './manifest.ts'
import { anyInput, cases } from './test-worlds.ts'
import { InstructionsTooLongError, MessageTooLongError } from './too-long-error.ts'

vi.setConfig({ testTimeout: 900_000 })

/** The manifest, or undefined where what must be sent is too long: that it then truly is, C5 checks. */
function assembled(input: AssembleInput, count: CountTokens): Manifest | undefined {
  try {
    return assemble(input, count)
  } catch (error) {
    if (error instanceof MessageTooLongError || error instanceof InstructionsTooLongError) return undefined
    throw error
  }
}

function holds(check: (manifest: Manifest, input: AssembleInput, count: CountTokens) => void): void {
  fc.assert(
    fc.property(anyInput, ({ input, count }) => {
      const manifest = assembled(input, count)
      if (manifest) check(manifest, input, count)
    }),
    { numRuns: cases },
  )
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
        const manifest = assembled(input, count)
        const newest = input.path.at(-1)
        if (manifest) expect(itemsOf(manifest).filter((item) => item.key === newest?.id && item.ref === 'M1')).toHaveLength(1)
        else expect(() => assemble({ ...input, windowTokens: 10_000_000 }, count)).not.toThrow()
      }),
      { numRuns: cases },
    )
  })

  it('[C6] counts exactly what is sent', () => holds((manifest, _input, count) => checkCounts(manifest, count)))
})
