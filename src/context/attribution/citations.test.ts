import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assemble } from '#context/assemble.ts'
import { itemsOf, textOf } from '#context/testing/check-manifest.ts'
import { candidateOf, firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { anyInput, anyWords, cases, countWords, manifestOf } from '#context/testing/worlds.ts'
import { checkCitations } from './citations.ts'

const recalled = (readMode: 'cite' | 'quote' | 'direct') =>
  assemble(
    firstPrompt({
      path: pathOf('Who has the key?'),
      candidates: [
        candidateOf('key', 0.9, { text: 'Our neighbour Ines has the spare key to the house.' }),
        candidateOf('cat', 0.8),
      ],
      readMode,
    }),
    countWords,
  )

describe('checkCitations', () => {
  it('[C42] numbers stand only where the mode asks for them, and are the refs', () => {
    expect(textOf(recalled('direct'))).not.toContain('[R1]')
    const manifest = recalled('cite')
    expect(manifest.readMode).toBe('cite')
    for (const item of itemsOf(manifest).filter(({ ref }) => ref.startsWith('R')))
      expect(textOf(manifest).replace('] User: ', '] ')).toContain(`[${item.ref}] ${item.text}`)
  })

  it('[C42] tells quoted from referred to, misquoted and nothing, sentence by sentence', () => {
    const manifest = recalled('quote')
    const ref = itemsOf(manifest).find(({ text }) => text.includes('Ines'))?.ref ?? '?'
    const reply = `Ines does. [${ref}] You said “has the spare key to the house” [${ref}]. You said “hid it in the shed” [${ref}]. And [R9]. Bye.`
    expect(checkCitations(manifest, reply)?.map(({ citations }) => citations.map(({ verdict }) => verdict))).toEqual([
      ['refers'],
      ['quoted'],
      ['misquoted'],
      ['nothing'],
    ])
    expect(checkCitations(recalled('direct'), reply)).toBeUndefined()
  })

  it('[C42] whatever a model writes: a citation has an item of the prompt, or is said to name nothing', () => {
    fc.assert(
      fc.property(
        anyInput,
        fc.array(fc.oneof(anyWords, fc.constantFrom('[R1]', '[R2]. ', '[S1]', '"', '“', '”', '.', '[R99] '))),
        (world, pieces) => {
          const manifest = manifestOf(() => assemble(world.input, world.count))
          if (!manifest) return
          const reply = pieces.join(' ')
          const found = checkCitations(manifest, reply)
          expect(found !== undefined).toBe(manifest.readMode === 'cite' || manifest.readMode === 'quote')
          const refs = new Map(itemsOf(manifest).map((item) => [item.ref, item]))
          for (const { from, to, citations } of found ?? []) {
            expect(to).toBeGreaterThan(from)
            for (const { ref, verdict, item } of citations) {
              expect(reply.slice(from, to)).toContain(`[${ref}]`)
              expect(item).toBe(refs.get(ref))
              expect(verdict === 'nothing').toBe(item === undefined)
            }
          }
        },
      ),
      { numRuns: cases },
    )
  })
})
