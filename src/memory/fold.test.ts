import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fold, type FoldInput, type FoldMode, fold } from './fold.ts'
import { cases } from './memory.fixture.ts'

const show = async ({ piece, from }: FoldInput<string, string>) =>
  `(${[...from, ...(piece === undefined ? [] : [piece])].join('+')})`
const job = (mode: FoldMode, pieces: readonly string[], more: Partial<Fold<string, string>> = {}): Fold<string, string> => ({
  mode,
  pieces,
  step: show,
  // A walk that looks at every second piece.
  next: (carries) => (carries.length * 2 < pieces.length ? carries.length * 2 : undefined),
  ...more,
})

describe('fold', () => {
  it('goes on as its mode says', async () => {
    const last = async (mode: FoldMode) => (await fold(job(mode, ['a', 'b', 'c']))).carries.at(-1)
    expect(await last('chain')).toBe('(((a)+b)+c)')
    expect(await last('tree')).toBe('(((a)+(b))+(c))')
    expect((await fold(job('map', ['a', 'b', 'c']))).carries).toEqual(['(a)', '(b)', '(c)'])
    expect(await last('walk')).toBe('((a)+c)')
  })

  it('[M28] gone on with from any saved carry, it ends as if it had never stopped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<FoldMode>('chain', 'map', 'tree', 'walk'),
        fc.array(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 9 }),
        fc.nat({ max: 20 }),
        async (mode, pieces, stop) => {
          const saved: (readonly string[])[] = [[]]
          const whole = await fold(job(mode, pieces, { onCarry: (carries) => void saved.push(carries) }))
          expect(whole.done).toBe(true)
          expect(saved.at(-1)).toEqual(whole.carries)
          const carries = JSON.parse(JSON.stringify(saved[stop % saved.length])) as string[]
          expect(await fold(job(mode, pieces, { carries }))).toEqual(whole)
        },
      ),
      { numRuns: cases },
    )
  })

  it('[M28] stops when it is cancelled or out of steps, with what it has', async () => {
    const controller = new AbortController()
    const cut = await fold(job('chain', ['a', 'b', 'c'], { signal: controller.signal, onCarry: () => controller.abort() }))
    expect(cut).toEqual({ carries: ['(a)'], done: false })
    expect(await fold(job('chain', ['a', 'b', 'c'], { maxSteps: 2 }))).toMatchObject({ done: false, carries: ['(a)', '((a)+b)'] })
  })

  it('[M5] every piece of a chain, map or tree is in the result exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<FoldMode>('chain', 'map', 'tree'),
        fc.integer({ min: 1, max: 12 }),
        async (mode, count) => {
          const pieces = Array.from({ length: count }, (_, index) => `p${index}.`)
          const { carries } = await fold(job(mode, pieces))
          const result = mode === 'map' ? carries.join('') : (carries.at(-1) ?? '')
          for (const piece of pieces) expect(result.split(piece)).toHaveLength(2)
        },
      ),
      { numRuns: Math.min(cases, 1_000) },
    )
  })
})
