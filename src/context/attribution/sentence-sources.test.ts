import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ManifestItem } from '#context/manifest.ts'
import { cases } from '#context/testing/worlds.ts'
import { splitSentences } from '#shared/text-sentences.ts'
import { sentenceSources } from './sentence-sources.ts'

const item = (ref: string, text: string): ManifestItem => ({
  ref,
  kind: 'excerpt',
  key: ref,
  text,
  tokens: 1,
  start: 0,
  part: 0,
  from: 0,
  to: text.length,
  evidence: [],
  why: '',
})
const told = [
  item('R1', 'My sister Ada keeps bees in Ghent. She sold forty jars of honey at the market last Sunday.'),
  item('R2', 'I planted tomatoes on the balcony and water them every evening.'),
  item('S1', 'The user has a sister and a balcony.'),
]

describe('sentenceSources', () => {
  it.each([
    ['She sold forty jars of honey at the market last Sunday.', 'R1', 'quoted'],
    ['As you said, she sold forty jars of honey at the market last Sunday.', 'R1', 'shared'],
    ['Ada sold honey, forty jars.', 'R1', 'shared'],
    ['You water the tomatoes in the evening.', 'R2', 'shared'],
    ['That is on the balcony [R1].', 'R1', 'cited'],
  ])('[C32] “%s” is from %s, %s', (reply, ref, kind) => {
    expect(sentenceSources(reply, told)[0]?.sources[0]).toMatchObject({ ref, kind })
  })

  it('[C32] words in another order are no quote, what shares nothing has no source, and a reference to nothing is told', () => {
    const [mixed, none, wrong] = sentenceSources(
      'Last Sunday at the market forty jars of honey were what she sold. Bananas are yellow fruit! It is so [R9].',
      told,
    )
    expect(mixed?.sources[0]?.kind).toBe('shared')
    expect(none?.sources).toEqual([])
    expect(wrong).toMatchObject({ sources: [], unknown: ['R9'] })
  })

  it('[C32] every sentence of an item of four words or more is found as a quote of it, whatever stands around', () => {
    fc.assert(
      fc.property(
        fc.array(fc.lorem({ mode: 'sentences', maxCount: 3 }), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (texts, at) => {
          const items = texts.map((text, index) => item(`R${index}`, text))
          const from = items[at % items.length]
          const ranges = from ? splitSentences(from.text) : []
          const range = ranges[at % Math.max(1, ranges.length)]
          const sentence = from && range ? from.text.slice(range.from, range.to) : ''
          if (sentence.split(/\s+/).length < 4) return
          const found = sentenceSources(`Well. ${sentence}`, items)
          const all = found.flatMap(({ sources }) => sources.filter(({ kind, share }) => kind === 'quoted' && share === 1))
          expect(all.length).toBeGreaterThan(0)
          for (const { ref } of all) {
            const words = (text: string) => text.toLowerCase().replace(/[^a-z]+/g, ' ')
            expect(words(items.find((one) => one.ref === ref)?.text ?? '')).toContain(words(sentence).trim())
          }
        },
      ),
      { numRuns: cases },
    )
  })
})
