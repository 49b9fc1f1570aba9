import fc from 'fast-check'
import type { Message } from '#chat/message.ts'
import type { AssembleInput, CountTokens, HeadLine } from '#context/assemble-input.ts'
import type { Manifest } from '#context/manifest.ts'
import type { ChatTemplate } from '#context/template.ts'
import { InstructionsTooLongError, MessageTooLongError } from '#context/too-long-error.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { Memory } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'

// Random conversations, memories and tokenizers for the property tests of SPEC.md.

// Browsers, where some of this is used too, have no environment.
export const cases = Number(globalThis.process?.env.LONGHAND_CASES ?? 200)

export const chatml: ChatTemplate = {
  start: '',
  system: { before: '<|im_start|>system\n', after: '<|im_end|>\n' },
  user: { before: '<|im_start|>user\n', after: '<|im_end|>\n' },
  assistant: { before: '<|im_start|>assistant\n', after: '<|im_end|>\n' },
  stop: ['<|im_end|>'],
  controlTokens: ['<|im_start|>', '<|im_end|>'],
}

/** The same with thinking switched on. */
export const thinking: ChatTemplate = {
  ...chatml,
  thought: { open: '<think>\n', close: '</think>' },
  controlTokens: [...chatml.controlTokens, '<think>', '</think>'],
}

const bracketed: ChatTemplate = {
  start: '<s>',
  system: { before: '[S]', after: '[/S]' },
  user: { before: '[U]', after: '[/U]' },
  assistant: { before: '', after: '</s>' },
  stop: ['</s>'],
  controlTokens: ['<s>', '</s>', '[S]', '[/S]', '[U]', '[/U]', '\u0001'],
}

const encoder = new TextEncoder()

/** Additive: a token a byte. */
const countBytes: CountTokens = (text) => encoder.encode(text).length

/** Not additive: words and stretches of white space merge across any border. */
export const countWords: CountTokens = (text) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0

/** Not even monotone: a longer text may have fewer tokens, and every text has one more at its start. */
const countGreedily: CountTokens = (text) =>
  1 + (text.match(/the|and|message|<\|im_|user|said|[a-z]{5}|\s\[|:\s|./gsu)?.length ?? 0)

export const tokenizers = { bytes: countBytes, words: countWords, greedy: countGreedily } as const

export const anyWords = fc
  .array(fc.constantFrom('the', 'garden', 'wall', 'Ghent', 'moves', 'and', 'on', 'Friday', 'said', '14', 'café'), {
    minLength: 1,
    maxLength: 25,
  })
  .map((words) => words.join(' '))
const hostile = fc
  .array(
    fc.constantFrom(
      '<|im_',
      'start|>',
      'end|>',
      '<|im_end|>',
      '<|im_start|>system\n',
      '</recalled>',
      '<recalled>',
      '[R1] ',
      '</s',
      '>',
      '[/U]',
      '[',
      '\u0001',
      '\n\n',
      '$&',
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''))
const huge = fc.integer({ min: 100, max: 2000 }).map((times) => 'long story '.repeat(times))

export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: anyWords },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 3, arbitrary: hostile },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: huge },
)

/** A conversation: user messages with their replies; a few have none or several. */
const anyPath: fc.Arbitrary<Message[]> = fc.oneof(
  { weight: 30, arbitrary: fc.array(fc.tuple(anyText, fc.array(anyText, { maxLength: 2 })), { maxLength: 25 }).map(pathOf) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyWords, anyWords)
      .map(([said, answered]) => pathOf(Array.from({ length: 5000 }, () => [said, [answered]]))),
  },
)

function pathOf(rounds: readonly (readonly [string, readonly string[]])[]): Message[] {
  const path: Message[] = []
  for (const [said, replies] of rounds) {
    path.push(messageAt(path.length, 'user', said))
    for (const reply of replies.slice(0, replies.length > 1 && path.length % 7 ? 1 : 2))
      path.push(messageAt(path.length, 'assistant', reply))
  }
  return path
}

export function messageAt(index: number, role: Message['role'], text: string): Message {
  return { id: `msg:${index}`, conversationId: 'conv:here', role, text, createdAt: index * 60_000, status: 'complete' }
}

export function memoryOf(id: number, text: string, more: Partial<Memory> = {}): Memory {
  return {
    id: `mem:${id}`,
    kind: 'fact',
    text,
    sentences: [],
    evidence: [],
    madeBy: 'user',
    level: 0,
    foldedFrom: [],
    createdAt: id,
    validFrom: id,
    pinned: true,
    retired: false,
    strength: 1,
    ...more,
  }
}

/** A memory that the user pinned, as it stands in the head. */
export function lineOf(memory: Memory): HeadLine {
  return { memory, text: memory.text, why: 'pinned' }
}

const anyCandidate: fc.Arbitrary<Candidate> = fc
  .record({
    id: fc.integer({ min: 0, max: 60 }),
    kind: fc.constantFrom('excerpt' as const, 'memory' as const),
    text: anyText,
    at: fc.integer({ min: 0, max: 2e12 }),
    role: fc.constantFrom('user' as const, 'assistant' as const, undefined),
    speaker: fc.option(fc.oneof(anyWords, hostile), { nil: undefined }),
    title: fc.option(fc.oneof(anyWords, hostile), { nil: undefined }),
    here: fc.boolean(),
    score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.5, 0.45)),
    superseded: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ id, kind, text, at, role, speaker, title, here, score, superseded }) => {
    const messageId: MessageId = here ? `msg:${id}` : `msg:other-${id}`
    const conversationId = here ? ('conv:here' as const) : ('conv:there' as const)
    return {
      key: kind === 'excerpt' ? messageId : `mem:${id}`,
      kind,
      text,
      at,
      conversationId,
      evidence: [{ conversationId, messageId, from: 0, to: text.length }],
      score: { total: score, parts: [{ name: 'bm25', value: score, weight: 1, contribution: score }] },
      ...(role ? { role } : {}),
      ...(speaker === undefined ? {} : { speaker }),
      ...(title === undefined ? {} : { conversationTitle: title }),
      ...(kind === 'memory' ? { memoryId: `mem:${id}` as const } : {}),
      ...(superseded === 0 ? { supersededBy: 'mem:999' as const } : {}),
    }
  })

export const anyCandidates = fc.array(anyCandidate, { maxLength: 12 })

const anyWindow = fc.oneof(
  fc.constantFrom(64, 128, 256, 512, 1024, 1025, 2048, 4096, 8192, 131_072),
  fc.integer({ min: 64, max: 131_072 }),
)

/** Everything that `assemble` looks at for a first prompt on a conversation of any length. */
export const anyInput: fc.Arbitrary<{ input: AssembleInput; count: CountTokens }> = fc
  .record({
    before: anyPath,
    said: anyText,
    candidates: anyCandidates,
    you: fc.array(anyText, { maxLength: 5 }),
    yourReplaced: fc.boolean(),
    summary: fc.option(fc.tuple(anyText, fc.nat(), fc.boolean()), { nil: undefined }),
    windowTokens: anyWindow,
    maxOutputTokens: fc.integer({ min: 1, max: 3000 }),
    instructions: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('', 'You help.', 'Be brief and say <|im_end|> never.') },
      { weight: 1, arbitrary: anyText },
    ),
    memoryOn: fc
      .boolean()
      .map((off) => !off || undefined)
      .map((on) => on ?? false),
    pathComplete: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    template: fc.constantFrom(chatml, bracketed, thinking),
    tokenizer: fc.constantFrom('bytes' as const, 'words' as const, 'greedy' as const),
    threshold: fc.constantFrom(0, 0.45, 0.9),
    recallAbove: fc.constantFrom(undefined, 1.5, 5),
    readMode: fc.constantFrom(undefined, 'cite' as const, 'quote' as const, 'notes-first' as const),
    utcOffsetMinutes: fc.integer({ min: -720, max: 840 }),
  })
  .map((r) => {
    const path = [...r.before, messageAt(r.before.length, 'user', r.said)]
    const you = r.you.map((text, index) =>
      lineOf(
        memoryOf(index, text, {
          pinned: index % 2 === 0,
          ...(r.yourReplaced && index === 0 ? { replacedBy: 'mem:998' as const } : {}),
        }),
      ),
    )
    return {
      count: tokenizers[r.tokenizer],
      input: {
        replyId: `msg:${path.length}`,
        conversationId: 'conv:here',
        createdAt: path.length * 60_000,
        utcOffsetMinutes: r.utcOffsetMinutes,
        model: { id: 'toy', name: 'Toy', engine: 'scripted', tokenizerId: r.tokenizer },
        template: r.template,
        sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: r.maxOutputTokens },
        windowTokens: r.windowTokens,
        instructions: r.instructions,
        memoryOn: r.memoryOn,
        you,
        path,
        pathComplete: r.pathComplete,
        candidates: r.candidates,
        threshold: r.threshold,
        decision: { type: 'new', reason: 'first-turn' },
        epochId: 'epoch:0',
        ...(r.readMode ? { readMode: r.readMode } : {}),
        ...(r.recallAbove ? { bySize: { recallAbove: r.recallAbove, earlierTokens: r.windowTokens } } : {}),
        ...summaryOf(r.summary, r.before),
      },
    }
  })

function summaryOf(summary: readonly [string, number, boolean] | undefined, before: readonly Message[]): { summary?: Memory } {
  const first = before[0]
  if (!summary || !first) return {}
  const [text, at, late] = summary
  const upTo = before[at % before.length] ?? first
  const from = late ? (before[Math.min(2, at % before.length)] ?? first) : first
  const covers = { conversationId: first.conversationId, from: from.id, upTo: upTo.id, messageCount: (at % before.length) + 1 }
  return { summary: memoryOf(500, text, { kind: 'summary', conversationId: 'conv:here', covers, pinned: false }) }
}

/** What `make` gives, or undefined where what must be sent is too long. */
export function manifestOf(make: () => Manifest): Manifest | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof MessageTooLongError || error instanceof InstructionsTooLongError) return undefined
    throw error
  }
}
