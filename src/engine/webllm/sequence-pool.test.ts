import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pageTokens } from './kv-sequences.ts'
import type { Pipeline } from './pipeline.ts'
import { openReading } from './read-prompt.ts'
import { createSequencePool } from './sequence-pool.ts'

const numRuns = Number(process.env.LONGHAND_CASES ?? 300)
const windowTokens = 160
const encode = (text: string) => Array.from(text, (character) => character.charCodeAt(0))

/** A paged cache as TVM's: forks share full pages and copy the one that is begun; a page too many is an error. */
function pagedCache() {
  const pages = Math.ceil(windowTokens / pageTokens) + 1
  const held = new Map<number, { ids: number[]; pages: symbol[] }>([[0, { ids: [], pages: [] }]])
  let current = 0
  const of = (sequence: number) => {
    const found = held.get(sequence)
    if (!found) throw new Error(`There is no sequence ${sequence}.`)
    return found
  }
  const freePages = () => pages - new Set([...held.values()].flatMap((one) => one.pages)).size
  const grow = (one: { ids: number[]; pages: symbol[] }) => {
    while (one.pages.length < Math.ceil(one.ids.length / pageTokens)) {
      if (freePages() === 0) throw new Error('No page is left.')
      one.pages.push(Symbol())
    }
  }
  const unused = () => {
    throw new Error('Not part of this test.')
  }
  const pipeline: Pipeline = {
    windowTokens,
    stepTokens: 24,
    chunkTokens: 64,
    reuse: 'several',
    stopTokenIds: [],
    begin: () => Promise.reject(new Error('not here')),
    isSoftware: true,
    adapterName: '',
    sequences: {
      freePages,
      add(sequence) {
        if (held.has(sequence)) throw new Error(`Sequence ${sequence} is there already.`)
        held.set(sequence, { ids: [], pages: [] })
      },
      fork(from, to, tokens) {
        if (held.has(to)) throw new Error(`Sequence ${to} is there already.`)
        const { ids, pages: shared } = of(from)
        if (tokens > ids.length) throw new Error('The parent is shorter.')
        const child = { ids: ids.slice(0, tokens), pages: shared.slice(0, Math.floor(tokens / pageTokens)) }
        held.set(to, child)
        grow(child)
      },
      remove(sequence) {
        of(sequence)
        held.delete(sequence)
      },
      use(sequence) {
        of(sequence)
        current = sequence
      },
    },
    encode,
    decode: (ids) => String.fromCharCode(...ids),
    truncate(tokens) {
      const one = of(current)
      if (tokens < one.ids.length) {
        one.ids = one.ids.slice(0, tokens)
        one.pages = one.pages.slice(0, Math.ceil(tokens / pageTokens))
      }
      return one.ids.length
    },
    async read(ids) {
      const one = of(current)
      one.ids.push(...ids)
      grow(one)
      return { shape: [], dtype: 'float32', dispose: () => {} }
    },
    sample: unused,
    values: unused,
    onLost: () => {},
    check: async () => unused(),
    setSeed: unused,
    unload: unused,
  }
  return { pipeline, inUse: () => of(current).ids }
}

const calls = fc.array(
  fc.record({
    owner: fc.constantFrom('a', 'a', 'b', 'c', undefined),
    // Texts of few letters share beginnings of all lengths; long ones leave no room beside.
    text: fc
      .tuple(
        fc.constantFrom('', 'x'.repeat(40), 'x'.repeat(90)),
        fc.string({ unit: fc.constantFrom('x', 'y'), minLength: 1, maxLength: 60 }),
      )
      .map(([head, tail]) => head + tail),
    most: fc.integer({ min: 0, max: 40 }),
    fresh: fc.constantFrom(false, false, false, true),
  }),
  { maxLength: 24 },
)

it('[E30] [E32] [E39] whatever is asked in whatever order, the sequence holds the prompt, pages suffice, and who is named held is held', () =>
  fc.assert(
    fc.asyncProperty(calls, async (list) => {
      const { pipeline, inUse } = pagedCache()
      const pool = createSequencePool(pipeline)
      const last = new Map<string, string>()
      for (const { owner, text, most, fresh } of list) {
        if (text.length > windowTokens) continue
        const prompt = [{ role: 'user' as const, text }]
        const wasHeld = owner !== undefined && pool.owners().includes(owner)
        const before = owner === undefined ? undefined : last.get(owner)
        const { kv, keep } = pool.place({ prompt, owner, least: 0, most, fresh })
        const reading = openReading(pipeline, kv, prompt, keep)
        if (fresh) expect(reading.cachedInputTokens).toBe(0)
        else if (wasHeld && before !== undefined && text.startsWith(before))
          expect(reading.cachedInputTokens).toBeGreaterThanOrEqual(Math.min(before.length, text.length - 1))
        const rest = reading.rest(new AbortController().signal)
        while (!(await rest.next()).done);
        expect(inUse()).toEqual(encode(text))
        const written = 'z'.repeat(Math.min(most, windowTokens - text.length))
        for (const token of encode(written)) await reading.read([token])
        reading.report(written === '' ? undefined : { from: text.length, to: text.length + written.length, text: written })
        expect(inUse()).toEqual(encode(text + written))
        if (owner !== undefined) {
          last.set(owner, text + written)
          expect(pool.owners()).toContain(owner)
        }
      }
    }),
    { numRuns },
  ))

it('[E32] work beside a conversation gives way to it, and takes its place only where nothing else leaves room', () => {
  const { pipeline } = pagedCache()
  const pool = createSequencePool(pipeline)
  const read = (owner: string | undefined, text: string) => {
    const prompt = [{ role: 'user' as const, text }]
    const { kv, keep } = pool.place({ prompt, owner, least: 0, most: 0 })
    const reading = openReading(pipeline, kv, prompt, keep)
    void pipeline.read(encode(text).slice(reading.filled()))
    keep({ ids: encode(text), spans: [] })
    return reading.cachedInputTokens
  }
  read('a', 'a'.repeat(40))
  read('b', 'b'.repeat(40))
  read(undefined, 'c'.repeat(40))
  expect(pool.owners()).toEqual(['a', 'b'])
  read('c', 'd'.repeat(60))
  expect(pool.owners()).toEqual(['a', 'b', 'c'])
  expect(read('b', `${'b'.repeat(40)}e`)).toBe(40)
  read(undefined, 'f'.repeat(100))
  expect(pool.owners()).toEqual(['b'])
  read(undefined, 'g'.repeat(130))
  expect(pool.owners()).toEqual([])
})
