import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from '#context/testing/worlds.ts'
import { halvingSearch, mostCalls } from './halving-search.ts'

const refs = (count: number) => Array.from({ length: count }, (_, index) => `R${index + 1}`)

describe('halvingSearch', () => {
  it('[C31] finds a planted culprit among noise, within 2K·⌈log2 n⌉ values and within the cost that was told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 300 }),
        fc.nat(),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.4, noNaN: true })),
        async (count, at, keep, noise) => {
          const culprit = `R${(at % count) + 1}`
          let calls = 0
          const found = await halvingSearch({
            refs: refs(count),
            keep,
            score: async (part) => {
              calls++
              return noise.next().value + (part.includes(culprit) ? 0.5 : 0)
            },
          })
          expect(found[0]?.refs).toEqual([culprit])
          expect(calls).toBeLessThanOrEqual(2 * keep * Math.ceil(Math.log2(count)))
          expect(calls).toBeLessThanOrEqual(mostCalls(count, keep))
        },
      ),
      { numRuns: cases },
    )
  })

  it('[C31] with K above 1 finds both of two that carry the reply together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: 100 }), fc.nat(), fc.nat(), async (count, one, two) => {
        const pair = [...new Set([`R${(one % count) + 1}`, `R${(two % count) + 1}`])]
        const score = async (part: readonly string[]) => pair.filter((ref) => part.includes(ref)).length
        const found = await halvingSearch({ refs: refs(count), keep: 2, score })
        expect(new Set(found.slice(0, pair.length).flatMap((node) => node.refs))).toEqual(new Set(pair))
      }),
      { numRuns: cases },
    )
  })

  it('[C31] asks once for a single item, never for none, tells what it does, and stops when it is aborted', async () => {
    expect(await halvingSearch({ refs: [], keep: 5, score: async () => 1 })).toEqual([])
    expect(await halvingSearch({ refs: ['R1'], keep: 5, score: async () => 0.3 })).toEqual([{ refs: ['R1'], value: 0.3 }])
    const controller = new AbortController()
    const seen: number[] = []
    const search = halvingSearch({
      refs: refs(64),
      keep: 3,
      score: async () => 1,
      signal: controller.signal,
      onProgress: ({ calls }) => {
        seen.push(calls)
        if (calls > 5) controller.abort()
      },
    })
    await expect(search).rejects.toThrow(/abort/i)
    expect(seen).toEqual([2, 6])
  })
})
