import fc from 'fast-check'
import type { Message } from '#chat/message.ts'
import { budgetNames, changeWishes, noWishes, type PromptWishes, type WishChange } from '#chat/prompt-wishes.ts'
import { applyWishes } from '#context/apply-wishes.ts'
import { assemble } from '#context/assemble.ts'
import type { AssembleInput, CountTokens, HeadLine } from '#context/assemble-input.ts'
import { decideEpoch } from '#context/decide-epoch.ts'
import type { Manifest } from '#context/manifest.ts'
import { chooseCuts } from '#context/selective/choose-cuts.ts'
import type { ChatTemplate } from '#context/template.ts'
import type { Memory } from '#memory/memory.ts'
import type { ReadMode } from '#memory/read-modes.ts'
import type { MessageId } from '#shared/ids.ts'
import { textHash } from '#shared/text-hash.ts'
import {
  anyCandidates,
  anyText,
  anyWords,
  chatml,
  lineOf,
  manifestOf,
  memoryOf,
  messageAt,
  thinking,
  tokenizers,
} from './worlds.ts'

// Random talks of ten turns, as the runtime would lay them, for the property tests of SPEC.md.

type Step = {
  readonly said: string
  readonly answered: string
  readonly status: Message['status']
  readonly candidates: AssembleInput['candidates']
  readonly minutes: number
  /** What the user then wants of the prompts: by the number of a key among those that there are. */
  readonly wish: readonly [WishChange['type'], number] | undefined
  readonly act: 'next' | 'edit' | 'regenerate' | 'continue' | 'instruct' | 'summarise' | 'know' | 'think'
}

/** A reply that names sources, among them some that were never there. */
const anyMarks = fc
  .array(fc.constantFrom('It moves [R1].', '[R2] on Friday', 'see [S1]', '[R3][R4]', 'said [R7].', '[R12]', '[S2]'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(' '))

const anyStep: fc.Arbitrary<Step> = fc.record({
  said: fc.oneof({ weight: 5, arbitrary: anyWords }, { weight: 1, arbitrary: anyText }),
  answered: fc.oneof({ weight: 4, arbitrary: anyWords }, { weight: 1, arbitrary: anyMarks }, { weight: 1, arbitrary: anyText }),
  status: fc.constantFrom('complete' as const, 'complete' as const, 'interrupted' as const, 'stopped' as const, 'error' as const),
  candidates: anyCandidates,
  minutes: fc.constantFrom(1, 1, 1, 1, 45),
  wish: fc.option(
    fc.tuple(
      fc.constantFrom<WishChange['type']>(
        'hide',
        'hide',
        'show',
        'pin',
        'pin',
        'unpin',
        'budget',
        'weight',
        'shorten',
        'shorten',
      ),
      fc.nat(400),
    ),
    { nil: undefined, freq: 3 },
  ),
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
    'think',
  ),
})

export const anyTalk = fc.record({
  steps: fc.array(anyStep, { minLength: 10, maxLength: 10 }),
  windowTokens: fc.constantFrom(256, 512, 1024, 2048, 4096, 32_768),
  tokenizer: fc.constantFrom('bytes' as const, 'words' as const, 'greedy' as const),
  readMode: fc.constantFrom('direct' as const, 'direct' as const, 'cite' as const),
  recallAbove: fc.constantFrom(undefined, 1.5, 5),
})

export type Turn = { readonly manifest: Manifest; readonly input: AssembleInput; readonly previous: AssembleInput['previous'] }

/**
 * Plays ten turns as the runtime does, with edits, new versions, cut replies and wishes among them; gives every prompt that
 * was made.
 */
export function talk(
  {
    steps,
    windowTokens,
    tokenizer,
    readMode,
    recallAbove,
  }: {
    steps: readonly Step[]
    windowTokens: number
    tokenizer: keyof typeof tokenizers
    readMode: ReadMode
    recallAbove?: number | undefined
  },
  count: CountTokens = tokenizers[tokenizer],
): Turn[] {
  const manifests = new Map<MessageId, Manifest>()
  const turns: Turn[] = []
  let path: Message[] = []
  let ids = 0
  let now = 0
  let instructions = 'You help.'
  let summary: Memory | undefined
  let you: HeadLine[] = []
  let wishes: PromptWishes = noWishes
  // Thinking is switched on, and off again.
  let template = chatml
  for (const step of steps) {
    now += step.minutes * 60_000
    let continued: Message | undefined
    const last = path.at(-1)
    if (step.act === 'instruct') instructions = `${instructions} More.`
    if (step.act === 'think') template = template === chatml ? thinking : chatml
    if (step.act === 'know') you = [lineOf(memoryOf(ids, step.said.slice(0, 40))), ...you]
    if (step.act === 'summarise' && path[0] && last) summary = summaryOf(path, ids)
    if (step.act === 'regenerate' && last?.role === 'assistant') path = path.slice(0, -1)
    else if (step.act === 'continue' && last?.role === 'assistant' && (last.text !== '' || last.thought)) {
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
    if (step.wish) {
      const keys = [
        ...path,
        ...step.candidates.map(({ key, text }) => ({ id: key, text })),
        ...you.map(({ memory, text }) => ({ id: memory.id, text })),
        ...(summary ? [summary] : []),
      ]
      wishes = changeWishes(wishes, [
        wishOf(
          step.wish,
          keys.map(({ id, text }) => ({ key: id, text })),
          count,
        ),
      ])
    }
    if (summary && !path.some(({ id }) => id === summary?.covers?.upTo)) summary = undefined
    const reply = continued ?? path.findLast((m) => m.role === 'assistant')
    const manifest = reply && manifests.get(reply.id)
    const previous = reply && manifest ? { manifest, reply } : undefined
    const replyId: MessageId = `msg:${ids++}`
    const about = {
      createdAt: now,
      model: { id: 'toy', name: 'Toy', engine: 'scripted', tokenizerId: tokenizer },
      template,
      windowTokens,
      instructions,
      readMode,
      path,
      ...(summary ? { summary } : {}),
      ...(previous ? { previous } : {}),
      ...(continued ? { continued } : {}),
      wishes,
    }
    const input: AssembleInput = {
      ...about,
      replyId,
      conversationId: 'conv:here',
      utcOffsetMinutes: 0,
      sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 64 },
      memoryOn: true,
      you,
      ...(recallAbove === undefined ? {} : { bySize: { recallAbove } }),
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
    turns.push({ manifest: made, input: applyWishes(input, count), previous })
    const written = replyOf(step, template, continued)
    path = [...path, { ...messageAt(0, 'assistant', ''), ...written, id: replyId, createdAt: now, status: step.status }]
    const usage = { inputTokens: made.predicted.inputTokens, cachedInputTokens: 0, outputTokens: count(step.answered) }
    const actual = { ...usage, queueMs: 0, prefillMs: 0, decodeMs: 0, finishReason: 'stop' as const }
    manifests.set(replyId, step.status === 'interrupted' ? made : { ...made, actual })
  }
  return turns
}

/** What a model writes: a thought first where it is to think, which an interruption cuts. */
function replyOf({ said, answered, status }: Step, template: ChatTemplate, continued: Message | undefined) {
  const begun = continued?.thought
  const text = (continued?.text ?? '') + answered
  if (!template.thought || (continued && !begun) || begun?.end) return { text, ...(begun ? { thought: begun } : {}) }
  const thought = { text: `${begun?.text ?? ''}Hm, ${said}`, end: '</think>\n\n', tokens: 9, ms: 90 }
  return status === 'interrupted' ? { text: '', thought: { ...thought, end: '' } } : { text, thought }
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

function wishOf(
  [type, number]: readonly [WishChange['type'], number],
  keys: readonly { readonly key: string; readonly text: string }[],
  count: CountTokens,
): WishChange {
  if (type === 'budget') {
    const section = budgetNames[number % budgetNames.length] ?? 'turns'
    return number % 5 === 0 ? { type, section } : { type, section, tokens: number }
  }
  if (type === 'weight') return { type, part: 'bm25', weight: number / 200 }
  const { key, text } = keys[number % keys.length] ?? { key: 'none', text: '' }
  if (type !== 'shorten') return { type, key }
  if (number % 4 === 0) return { type, key }
  const ratio = (number % 9) / 10
  return {
    type,
    key,
    shortening: { ratio, cuts: chooseCuts(text, ratio, count), textHash: textHash(text), by: { type: 'words' } },
  }
}
