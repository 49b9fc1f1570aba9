import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkAccount, checkBudget, checkCounts, itemsOf, textOf } from '#context/testing/check-manifest.ts'
import { anyTalk, type Turn, talk } from '#context/testing/talk.ts'
import { cases, chatml, tokenizers } from '#context/testing/worlds.ts'
import type { CountTokens } from './assemble-input.ts'
import { summaryHeading } from './lay-head.ts'
import type { Manifest } from './manifest.ts'

vi.setConfig({ testTimeout: 900_000 })

/** What a run came across, so that a test that met nothing of its kind fails. */
function forTurns(check: (turn: Turn, count: CountTokens) => boolean | undefined, atLeast = cases / 4, runs = cases / 4): void {
  let met = 0
  fc.assert(
    fc.property(anyTalk, (world) => {
      for (const turn of talk(world)) if (check(turn, tokenizers[world.tokenizer]) !== false) met++
    }),
    { numRuns: Math.ceil(runs) },
  )
  expect(met).toBeGreaterThan(atLeast)
}

const goesOn = ({ manifest, previous }: Turn): Manifest | undefined =>
  previous?.manifest.epoch.id === manifest.epoch.id ? previous?.manifest : undefined

/** A reply with its thought, as it was written after the assistant's mark. */
function rawOf(previous: Turn['previous']): string {
  const { text = '', thought } = previous?.reply ?? {}
  return thought && previous?.manifest.thinking ? `<think>\n${thought.text}${thought.end}${text}` : text
}

const hasMarks = (words: string) => chatml.controlTokens.some((token) => words.includes(token))

describe('assemble, turn after turn', () => {
  it('[C1] never exceeds the budget', () => forTurns(({ manifest, input }) => void checkBudget(manifest, input)))

  it('[C3] begins with the previous prompt as sent, part by part, and its reply as written', () =>
    forTurns((turn) => {
      const before = goesOn(turn)
      if (!before) return false
      const { manifest, previous } = turn
      const last = before.prompt.length - 1
      expect(textOf(manifest).startsWith(textOf(before))).toBe(true)
      expect(manifest.prompt.slice(0, last)).toEqual(before.prompt.slice(0, last))
      const answer = manifest.prompt[last]?.text ?? ''
      expect(answer.startsWith(before.prompt[last]?.text ?? '?')).toBe(true)
      const words = rawOf(previous)
      if (!hasMarks(words)) expect(answer.slice(chatml.assistant.before.length).startsWith(words)).toBe(true)
      expect(manifest.epoch.turn).toBe(before.epoch.turn + 1)
      return true
    }))

  it('[C4] accounts for every candidate, memory and message once, with a true reason', () =>
    forTurns(({ manifest, input }) => void checkAccount(manifest, input)))

  it('[C5] always sends the newest message', () =>
    forTurns(({ manifest, input }) => {
      const newest = input.path.at(-1)
      expect(itemsOf(manifest).filter((item) => item.key === newest?.id && item.ref === 'M1')).toHaveLength(1)
    }))

  it('[C6] counts exactly what is sent', () => forTurns(({ manifest }, count) => void checkCounts(manifest, count)))

  it('[C7] sends nothing twice', () =>
    forTurns(({ manifest }) => {
      const keys = itemsOf(manifest).map((item) => item.key)
      expect(keys).toEqual([...new Set(keys)])
    }))

  it('[C42] a line that the reply is to name bears its own number, and no other text of the block looks like one', () =>
    forTurns(({ manifest }) => {
      if (!manifest.readMode) {
        expect(textOf(manifest)).not.toContain(`${summaryHeading}[S1] `)
        return false
      }
      const numbers = (section: string, letter: string) =>
        manifest.sections
          .filter(({ name }) => name === section)
          .flatMap(({ items }) => items)
          .map(({ ref, part, from, text }) => {
            const before = manifest.prompt[part]?.text.slice(0, from) ?? ''
            expect(ref.startsWith(letter)).toBe(true)
            expect(text).not.toMatch(/\[[RS]\d/)
            return [ref, /\[([RS]\d+)\] [^\n]*$/.exec(before)?.[1]]
          })
      const all = [...numbers('recalled', 'R'), ...numbers('summary', 'S')]
      for (const [ref, number] of all) expect(number).toBe(ref)
      return all.length > 0
    }, cases / 20))

  it('[C43] a mark in an older reply names what stood there for that reply, or nothing', () =>
    forTurns(({ manifest, input, previous }) => {
      if (!manifest.readMode) return false
      const before = new Map(previous ? itemsOf(previous.manifest).map(({ ref, key }) => [ref, key]) : [])
      const named = input.path.flatMap(({ text }) => [...text.matchAll(/\[([RS]\d+)\]/g)].map(([, ref = '']) => ref))
      for (const { ref, key } of itemsOf(manifest)) if (named.includes(ref)) expect(before.get(ref), ref).toBe(key)
      return named.length > 0
    }, cases / 20))

  it('[C15] predicts that all of the previous prompt and its reply are reused', () =>
    forTurns((turn, count) => {
      const before = goesOn(turn)
      if (!before) return false
      const last = before.prompt.length - 1
      const shared = before.prompt.slice(0, last).reduce((sum, part) => sum + count(part.text), 0)
      const { cachedInputTokens } = turn.manifest.predicted
      expect(cachedInputTokens).toBeGreaterThanOrEqual(shared)
      const words = rawOf(turn.previous)
      if (!hasMarks(words)) {
        const answer = count(chatml.assistant.before + words)
        const held = shared + Math.min(answer, count(turn.manifest.prompt[last]?.text ?? ''))
        expect(cachedInputTokens).toBe(Math.min(held, turn.manifest.predicted.inputTokens - 1))
      }
      return true
    }))

  it('[C46] sends a thought as it was written within its epoch, and none in a new head', () => {
    let inEpoch = 0
    forTurns((turn) => {
      const { manifest, input } = turn
      const thoughts = input.path.filter(({ thought, text }) => thought && text !== '')
      const before = manifest.prompt.slice(0, -1)
      expect(manifest.thinking ?? false).toBe(input.template.thought !== undefined)
      const begunWithout = input.continued !== undefined && !input.continued.thought
      expect(manifest.prompt.at(-1)?.text.includes('<think>\n')).toBe(manifest.thinking === true && !begunWithout)
      if (manifest.epoch.turn === 1) expect(before.filter(({ text }) => text.includes('<think>'))).toEqual([])
      else {
        const sent = before.filter(({ role, text }) => role === 'assistant' && text.includes('<think>\nHm, '))
        for (const { text } of sent) expect(text).toContain('</think>\n\n')
        inEpoch += sent.length
      }
      return thoughts.length > 0
    }, cases / 10)
    expect(inEpoch).toBeGreaterThan(cases / 10)
  })

  it('[C14] lays a new head for pressure only where the prompt would not have fitted', () =>
    // Rare: only a turn much longer than those before it runs over, since an epoch closes while a usual one still fits.
    forTurns(
      ({ manifest, input }) => {
        if (input.decision.type !== 'continue' || manifest.epoch.turn > 1) return false
        expect(manifest.epoch.reason).toBe('pressure')
        return true
      },
      cases / 20,
      cases / 2,
    ))
})
