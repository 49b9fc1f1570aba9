import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KvContents, planReading, type ReadingPlan } from './plan-reading.ts'

const numRuns = Number(process.env.LONGHAND_CASES ?? 500)

/** A tokenizer with two ways to write the same: pairs `ab` are one token, 1000 and up; other characters are themselves. */
const encode = (text: string): number[] => {
  const ids: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text.startsWith('ab', i)) {
      ids.push(1000)
      i++
    } else ids.push(text.charCodeAt(i))
  }
  return ids
}
const decode = (ids: readonly number[]) => ids.map((id) => (id === 1000 ? 'ab' : String.fromCharCode(id))).join('')
const partsOf = (texts: readonly string[]) => texts.map((text) => ({ text, ids: encode(text) }))
const plan = (kv: KvContents, texts: readonly string[]) => planReading(kv, partsOf(texts), encode)
const empty: KvContents = { ids: [], spans: [] }

/** The cache after a prompt was read and tokens were written. */
const cacheAfter = (done: ReadingPlan, written: readonly number[]): KvContents => {
  const ids = [...done.ids, ...written]
  return { ids, spans: [...done.spans, { from: done.ids.length, to: ids.length, text: decode(written) }] }
}

describe('planReading', () => {
  it('reads everything when the cache is empty', () => {
    expect(plan(empty, ['one ', 'two']).keep).toBe(0)
  })

  it('reads only what was appended', () => {
    const first = plan(empty, ['system.', 'question:'])
    const kv = cacheAfter(first, encode('answer'))
    const second = plan(kv, ['system.', 'question:answer;', 'more:'])
    expect(second.keep).toBe(kv.ids.length)
    expect(decode(second.ids)).toBe('system.question:answer;more:')
  })

  it('reuses what the model wrote in other tokens than the tokenizer would', () => {
    const kv = cacheAfter(plan(empty, ['q:']), [97, 98, 97, 98])
    const next = plan(kv, ['q:abab;', 'x'])
    expect(next.keep).toBe(6)
    expect(next.ids.slice(0, 6)).toEqual(kv.ids)
    expect(decode(next.ids)).toBe('q:abab;x')
    // And again, one turn later, from the texts noted for the parts.
    const later = plan(cacheAfter(next, encode('y')), ['q:abab;', 'xy;', 'z'])
    expect(later.keep).toBe(next.ids.length + 1)
  })

  it('keeps what stands before an edit in the middle', () => {
    const kv = cacheAfter(plan(empty, ['system.', 'first question', 'reply:']), encode('answer'))
    const edited = plan(kv, ['system.', 'first other', 'reply:'])
    expect(edited.keep).toBe('system.first '.length)
  })

  it('always leaves one token to read', () => {
    const kv = cacheAfter(plan(empty, ['q:']), encode('xyz'))
    expect(plan(kv, ['q:xyz']).keep).toBe(4)
    expect(plan(kv, ['q:xy']).keep).toBe(3)
  })

  it('goes on with a reply that was cut', () => {
    const kv = cacheAfter(plan(empty, ['q;', 'reply:']), encode('begun'))
    expect(plan(kv, ['q;', 'reply:begun']).keep).toBe('q;reply:begun'.length - 1)
  })

  it('never changes the text that is fed, whatever the cache holds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '<'), maxLength: 8 })
    const ids = fc.array(fc.constantFrom(97, 98, 99, 60, 1000), { maxLength: 20 })
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 6 }),
        fc.array(text, { minLength: 1, maxLength: 6 }),
        ids,
        (one, two, written) => {
          const kv = cacheAfter(plan(empty, one), written)
          const next = plan(kv, two)
          expect(decode(next.ids)).toBe(two.join(''))
          expect(next.keep).toBeLessThanOrEqual(Math.max(0, next.ids.length - 1))
          expect(next.ids.slice(0, next.keep)).toEqual(kv.ids.slice(0, next.keep))
          for (const span of next.spans) expect(decode(next.ids.slice(span.from, span.to))).toBe(span.text)
        },
      ),
      { numRuns },
    )
  })

  it('reuses at least the common beginning of the tokens', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 6 }),
        fc.array(text, { minLength: 1, maxLength: 4 }),
        (texts, more) => {
          const kv = cacheAfter(plan(empty, texts), [])
          const next = plan(kv, [...texts, ...more])
          expect(next.keep).toBe(kv.ids.length)
        },
      ),
      { numRuns },
    )
  })
})
