import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assemble } from '#context/assemble.ts'
import { itemsOf, textOf } from '#context/testing/check-manifest.ts'
import { candidateOf, firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { anyInput, cases, countWords, lineOf, manifestOf, memoryOf } from '#context/testing/worlds.ts'
import { promptWithout, removableItems } from './prompt-without.ts'

const without = (manifest: Parameters<typeof promptWithout>[0], ...refs: string[]) =>
  promptWithout(manifest, new Set(refs))
    .map((part) => part.text)
    .join('')

describe('promptWithout', () => {
  it('[C30] without nothing is the prompt; what stays is there in its order, what goes leaves nothing else changed', () => {
    fc.assert(
      fc.property(anyInput, fc.infiniteStream(fc.boolean()), ({ input, count }, coin) => {
        const manifest = manifestOf(() => assemble(input, count))
        if (!manifest) return
        expect(promptWithout(manifest, new Set())).toEqual(manifest.prompt)
        const out = removableItems(manifest).filter(() => coin.next().value)
        const refs = new Set(out.map(({ ref }) => ref))
        const left = promptWithout(manifest, refs)
          .map((part) => part.text)
          .join('')
        let at = 0
        for (const item of itemsOf(manifest)
          .filter(({ ref }) => !refs.has(ref))
          .sort((a, b) => a.part - b.part || a.from - b.from)) {
          const found = left.indexOf(item.text, at)
          expect(found).toBeGreaterThanOrEqual(0)
          at = found + item.text.length
        }
        // Of what was recalled, names may have to be said again: the next law is about that.
        if (!out.some(({ section }) => section === 'recalled')) expect(isSubsequence(left, textOf(manifest))).toBe(true)
      }),
      { numRuns: cases },
    )
  })

  it('[C30] is what assembly lays where the candidate or the line was never there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }), fc.nat(5), (days, which) => {
        const candidates = days.map((day, index) =>
          candidateOf(`c${index}`, 0.9 - index / 100, { at: day * 43_200_000, role: day % 3 === 0 ? 'user' : 'assistant' }),
        )
        const you = days.map((day) => lineOf(memoryOf(day, `Line ${day}.`)))
        const input = firstPrompt({ path: pathOf('Hello?'), candidates, you, instructions: 'Be brief.' })
        const manifest = assemble(input, countWords)
        const [gone, line] = [candidates[which % days.length], you[which % days.length]]
        const refOf = (key: string | undefined) => itemsOf(manifest).find((item) => item.key === key)?.ref ?? 'missing'
        const fewer = assemble(
          {
            ...input,
            candidates: candidates.filter((one) => one !== gone),
            you: you.filter((one) => one !== line),
          },
          countWords,
        )
        expect(without(manifest, refOf(gone?.key), refOf(line?.memory.id))).toBe(textOf(fewer))
        const none = assemble({ ...input, candidates: [], you: [] }, countWords)
        const all = [...candidates.map(({ key }) => key), ...you.map(({ memory }) => memory.id)].map(refOf)
        expect(without(manifest, ...all)).toBe(textOf(none))
      }),
      { numRuns: cases },
    )
  })

  it('[C30] a turn goes as a whole, a summary with its heading, and the message that asks never goes', () => {
    const path = pathOf(...Array.from({ length: 41 }, (_, index) => `Number ${index} of a long walk by the river.`))
    const covers = { conversationId: 'conv:here', from: 'msg:0', upTo: 'msg:29', messageCount: 30 } as const
    const summary = memoryOf(1, 'They spoke of bees.', { kind: 'summary', covers })
    const input = firstPrompt({ path, summary, instructions: 'Be brief.', windowTokens: 400 })
    const manifest = assemble(input, countWords)
    const turn = removableItems(manifest).find(({ section }) => section === 'turns')
    const told = removableItems(manifest).find(({ section }) => section === 'summary')
    expect(without(manifest, turn?.ref ?? '')).not.toContain(turn?.text)
    expect(promptWithout(manifest, new Set([turn?.ref ?? ''])).length).toBe(manifest.prompt.length - 1)
    expect(textOf(manifest)).toContain('They spoke of bees.')
    expect(without(manifest, told?.ref ?? '')).not.toMatch(/Summary of what|bees/)
    const asks = manifest.sections.find(({ name }) => name === 'message')?.items[0]
    expect(without(manifest, asks?.ref ?? '')).toBe(textOf(manifest))
  })
})

function isSubsequence(short: string, long: string): boolean {
  let at = 0
  for (const char of long) if (char === short.slice(at, at + char.length)) at += char.length
  return at === short.length
}
