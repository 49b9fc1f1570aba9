import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Message } from '#chat/message.ts'
import { checkAccount, checkBudget, checkCounts, itemsOf, textOf } from '#context/testing/check-manifest.ts'
import {
  anyCandidates,
  anyText,
  anyWords,
  cases,
  chatml,
  lineOf,
  manifestOf,
  memoryOf,
  messageAt,
  tokenizers,
} from '#context/testing/worlds.ts'
import type { Memory } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { assemble } from './assemble.ts'
import type { AssembleInput, CountTokens, HeadLine } from './assemble-input.ts'
import { decideEpoch } from './decide-epoch.ts'
import type { Manifest } from './manifest.ts'

vi.setConfig({ testTimeout: 900_000 })

type Step = {
  readonly said: string
  readonly answered: string
  readonly status: Message['status']
  readonly candidates: AssembleInput['candidates']
  readonly minutes: number
  readonly act: 'next' | 'edit' | 'regenerate' | 'continue' | 'instruct' | 'summarise' | 'know'
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  said: fc.oneof({ weight: 5, arbitrary: anyWords }, { weight: 1, arbitrary: anyText }),
  answered: fc.oneof({ weight: 5, arbitrary: anyWords }, { weight: 1, arbitrary: anyText }),
  status: fc.constantFrom('complete' as const, 'complete' as const, 'interrupted' as const, 'stopped' as const, 'error' as const),
  candidates: anyCandidates,
  minutes: fc.constantFrom(1, 1, 1, 1, 45),
  act: fc.constantFrom<Step['act']>(
    'next',
    'next',
    'next',
    'next',
    'next',
    'next',
    'edit',
    'regenerate',
    'continue',
    'instruct',
    'summarise',
    'know',
  ),
})

const anyTalk = fc.record({
  steps: fc.array(anyStep, { minLength: 10, maxLength: 10 }),
  windowTokens: fc.constantFrom(256, 512, 1024, 2048, 4096, 32_768),
  tokenizer: fc.constantFrom('bytes' as const, 'words' as const, 'greedy' as const),
})

type Turn = { readonly manifest: Manifest; readonly input: AssembleInput; readonly previous: AssembleInput['previous'] }

/** Plays ten turns as the runtime does, with edits, new versions and cut replies among them; gives every prompt that was made. */
function talk({
  steps,
  windowTokens,
  tokenizer,
}: {
  steps: readonly Step[]
  windowTokens: number
  tokenizer: keyof typeof tokenizers
}): Turn[] {
  const count = tokenizers[tokenizer]
  const manifests = new Map<MessageId, Manifest>()
  const turns: Turn[] = []
  let path: Message[] = []
  let ids = 0
  let now = 0
  let instructions = 'You help.'
  let summary: Memory | undefined
  let you: HeadLine[] = []
  for (const step of steps) {
    now += step.minutes * 60_000
    let continued: Message | undefined
    const last = path.at(-1)
    if (step.act === 'instruct') instructions = `${instructions} More.`
    if (step.act === 'know') you = [lineOf(memoryOf(ids, step.said.slice(0, 40))), ...you]
    if (step.act === 'summarise' && path[0] && last) summary = summaryOf(path, ids)
    if (step.act === 'regenerate' && last?.role === 'assistant') path = path.slice(0, -1)
    else if (step.act === 'continue' && last?.role === 'assistant' && last.text !== '') {
      continued = last
      path = path.slice(0, -1)
    } else {
      if (step.act === 'edit')
        path = path.slice(
          0,
          path.findLastIndex((m) => m.role === 'user'),
        )
      path = [...path, { ...messageAt(ids++, 'user', step.said), createdAt: now }]
    }
    if (summary && !path.some(({ id }) => id === summary?.covers?.upTo)) summary = undefined
    const reply = continued ?? path.findLast((m) => m.role === 'assistant')
    const manifest = reply && manifests.get(reply.id)
    const previous = reply && manifest ? { manifest, reply } : undefined
    const replyId: MessageId = `msg:${ids++}`
    const about = {
      createdAt: now,
      model: { id: 'toy', name: 'Toy', engine: 'scripted', tokenizerId: tokenizer },
      template: chatml,
      windowTokens,
      instructions,
      path,
      ...(summary ? { summary } : {}),
      ...(previous ? { previous } : {}),
      ...(continued ? { continued } : {}),
    }
    const input: AssembleInput = {
      ...about,
      replyId,
      conversationId: 'conv:here',
      utcOffsetMinutes: 0,
      sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 64 },
      memoryOn: true,
      you,
      pathComplete: true,
      // Only what was said before the question can be recalled for it.
      candidates: step.candidates.filter(
        ({ conversationId, evidence }) => conversationId !== 'conv:here' || Number(evidence[0]?.messageId.slice(4)) < ids - 2,
      ),
      threshold: 0.4,
      decision: decideEpoch(about, count),
      epochId: `epoch:${ids}`,
    }
    const made = manifestOf(() => assemble(input, count))
    if (!made) {
      path = path.slice(0, -1)
      continue
    }
    turns.push({ manifest: made, input, previous })
    const text = (continued?.text ?? '') + step.answered
    path = [...path, { ...messageAt(0, 'assistant', text), id: replyId, createdAt: now, status: step.status }]
    const usage = { inputTokens: made.predicted.inputTokens, cachedInputTokens: 0, outputTokens: count(step.answered) }
    const actual = { ...usage, queueMs: 0, prefillMs: 0, decodeMs: 0, finishReason: 'stop' as const }
    manifests.set(replyId, step.status === 'interrupted' ? made : { ...made, actual })
  }
  return turns
}

function summaryOf(path: readonly Message[], id: number): Memory {
  const upTo = path[Math.floor(path.length / 2)] ?? path[0]
  const covers = {
    conversationId: 'conv:here' as const,
    from: path[0]?.id ?? 'msg:0',
    upTo: upTo?.id ?? 'msg:0',
    messageCount: path.length,
  }
  return memoryOf(1000 + id, 'They spoke of a garden wall.', { kind: 'summary', conversationId: 'conv:here', covers })
}

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
      const words = previous?.reply.text ?? ''
      if (!chatml.controlTokens.some((token) => words.includes(token)))
        expect(answer.slice(chatml.assistant.before.length).startsWith(words)).toBe(true)
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

  it('[C15] predicts that all of the previous prompt and its reply are reused', () =>
    forTurns((turn, count) => {
      const before = goesOn(turn)
      if (!before) return false
      const last = before.prompt.length - 1
      const shared = before.prompt.slice(0, last).reduce((sum, part) => sum + count(part.text), 0)
      const { cachedInputTokens } = turn.manifest.predicted
      expect(cachedInputTokens).toBeGreaterThanOrEqual(shared)
      const words = turn.previous?.reply.text ?? ''
      if (!chatml.controlTokens.some((token) => words.includes(token))) {
        const answer = count(chatml.assistant.before + words)
        const held = shared + Math.min(answer, count(turn.manifest.prompt[last]?.text ?? ''))
        expect(cachedInputTokens).toBe(Math.min(held, turn.manifest.predicted.inputTokens - 1))
      }
      return true
    }))

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
