import fc from 'fast-check'
import type { ActualUsage, DroppedItem, DropReason, Manifest, ManifestItem, ManifestSection } from '#context/manifest.ts'
import { sectionNames } from '#context/manifest.ts'
import type { Score } from '#memory/candidate.ts'
import type { Cause, Memory, MemoryCheck, MemoryOp, Span } from '#memory/memory.ts'
import { sampleManifest } from '#ports/storage.samples.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'

/** Any text that JavaScript can hold: unicode, control characters, halves of surrogate pairs, quotes, nothing. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('', '\n', '"', '\\', '\u2028', '__proto__', '{"crc":"', '😀'.repeat(50), 'x'.repeat(5000)),
)
const number = fc.oneof(fc.integer({ min: -5, max: 1e15 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
const messageId = fc.constantFrom<MessageId>('msg:1', 'msg:2', 'msg:3')
const conversationId = fc.constantFrom<ConversationId>('conv:1', 'conv:2')
const memoryId = fc.constantFrom('mem:1' as const, 'mem:2' as const)
const speaker = fc.constantFrom('user' as const, 'assistant' as const)

/** An object that has some of the optional properties and all others. */
function partly<T, Key extends keyof T>(required: { [K in keyof T]: fc.Arbitrary<T[K]> }, optional: readonly Key[]) {
  const requiredKeys = (Object.keys(required) as (keyof T)[]).filter((key) => !optional.includes(key as Key))
  return fc.record(required, { requiredKeys }) as fc.Arbitrary<Omit<T, Key> & Partial<Pick<T, Key>>>
}

const span: fc.Arbitrary<Span> = fc.record({ conversationId, messageId, from: number, to: number })
const evidence = fc.array(span, { maxLength: 2 })
const score: fc.Arbitrary<Score> = fc.record({
  total: number,
  parts: fc.array(fc.record({ name: anyText, value: number, weight: number, contribution: number }), { maxLength: 2 }),
})

const sourceParts = {
  at: number,
  conversationId,
  conversationTitle: anyText,
  messageId,
  memoryId,
  score,
  role: speaker,
}
const sourceKeys = Object.keys(sourceParts) as (keyof typeof sourceParts)[]
const kind = fc.constantFrom<ManifestItem['kind']>('instructions', 'memory', 'summary', 'message', 'excerpt', 'round')

const item = partly(
  {
    ...sourceParts,
    evidence,
    ref: anyText,
    kind,
    key: anyText,
    text: anyText,
    tokens: number,
    start: number,
    part: number,
    from: number,
    to: number,
    why: anyText,
    carried: fc.constant(true as const),
    neutralised: number,
  },
  [...sourceKeys, 'carried', 'neutralised'],
) as fc.Arbitrary<ManifestItem>

const reason = fc.oneof<fc.Arbitrary<DropReason>[]>(
  fc.record({ type: fc.constant('no-room' as const), neededTokens: number, availableTokens: number }),
  fc.record({ type: fc.constant('below-threshold' as const), score: number, threshold: number }),
  fc.record({ type: fc.constant('in-window' as const), ref: anyText }),
  fc.record({ type: fc.constant('superseded' as const), by: memoryId }),
  fc.record({ type: fc.constant('folded' as const), into: memoryId }),
  fc.record({ type: fc.constant('by-size' as const), ratio: number }),
  fc.record({ type: fc.constantFrom('hidden' as const, 'memory-off' as const, 'next-epoch' as const, 'empty' as const) }),
)

const dropped = partly(
  {
    ...sourceParts,
    evidence,
    kind,
    section: fc.constantFrom(...sectionNames),
    key: anyText,
    text: anyText,
    tokens: number,
    reason,
    range: fc.record({ from: messageId, to: messageId, messages: number }),
  },
  [...sourceKeys, 'range'],
) as fc.Arbitrary<DroppedItem>

const section = partly(
  {
    name: fc.constantFrom(...sectionNames),
    tokens: number,
    budgetTokens: number,
    items: fc.array(item, { maxLength: 2 }),
    runs: fc.array(fc.record({ start: number, tokens: number }), { maxLength: 2 }),
  },
  ['runs'],
) as fc.Arbitrary<ManifestSection>

export const anyActual = partly(
  {
    inputTokens: number,
    cachedInputTokens: number,
    outputTokens: number,
    queueMs: number,
    prefillMs: number,
    decodeMs: number,
    ttftMs: number,
    finishReason: fc.constantFrom('stop' as const, 'length' as const, 'cancelled' as const, 'error' as const),
  },
  ['ttftMs'],
) as fc.Arbitrary<ActualUsage>

/** A receipt for a reply, with every optional part there or not. */
export const anyManifest: fc.Arbitrary<(replyId: MessageId, conversationId: ConversationId) => Manifest> = partly(
  {
    sections: fc.array(section, { maxLength: 2 }),
    dropped: fc.array(dropped, { maxLength: 2 }),
    prompt: fc.array(fc.record({ role: fc.constantFrom('system', 'user', 'assistant', 'reply'), text: anyText }), {
      maxLength: 2,
    }),
    threshold: number,
    continues: messageId,
    history: fc.record({
      tokens: number,
      roomTokens: number,
      band: fc.constantFrom('all' as const, 'hybrid' as const, 'recall' as const),
    }),
    actual: anyActual,
  },
  ['continues', 'history', 'actual'],
).map((parts) => (replyId, conversation) => sampleManifest(replyId, conversation, parts as Partial<Manifest>))

const check = fc.constantFrom<MemoryCheck>('contradiction', 'duplicate', 'stale', 'echo', 'secret')

const memory = partly(
  {
    id: memoryId,
    kind: fc.constantFrom('fact', 'event', 'loop', 'slot', 'summary', 'portrait', 'segment', 'qa', 'key'),
    text: anyText,
    sentences: fc.array(partly({ text: anyText, evidence, speaker }, ['speaker']), { maxLength: 2 }),
    evidence,
    conversationId,
    madeBy: fc.constantFrom('extracted', 'model', 'user'),
    modelId: anyText,
    covers: fc.record({ conversationId, from: messageId, upTo: messageId, messageCount: number }),
    level: number,
    foldedFrom: fc.array(memoryId, { maxLength: 2 }),
    createdAt: number,
    validFrom: number,
    validUntil: number,
    replacedBy: memoryId,
    pinned: fc.boolean(),
    retired: fc.boolean(),
    strength: number,
    kept: fc.array(fc.record({ check, beside: fc.array(memoryId, { maxLength: 2 }) }), { maxLength: 2 }),
  },
  ['conversationId', 'modelId', 'covers', 'validUntil', 'replacedBy', 'kept'],
) as fc.Arbitrary<Memory>

const cause = fc.oneof<fc.Arbitrary<Cause>[]>(
  fc.record({ type: fc.constant('epoch-closed' as const), conversationId, reason: anyText }),
  fc.record({ type: fc.constant('source-deleted' as const), conversationId }),
  fc.record({ type: fc.constantFrom('user' as const, 'import' as const) }),
)
const op = { id: fc.nat().map((n) => `op:${n}` as const), at: number, cause }

/** Any change of memory. */
export const anyOp = fc.oneof<fc.Arbitrary<MemoryOp>[]>(
  fc.record({ ...op, type: fc.constant('add' as const), memory }),
  fc.record({ ...op, type: fc.constant('revise' as const), memoryId, memory }),
  fc.record({ ...op, type: fc.constant('merge' as const), memoryIds: fc.array(memoryId), memory }),
  fc.record({ ...op, type: fc.constant('retire' as const), memoryId }),
  fc.record({ ...op, type: fc.constant('touch' as const), memoryId, evidence }),
  fc.record({ ...op, type: fc.constant('pin' as const), memoryId, pinned: fc.boolean() }),
  fc.record({ ...op, type: fc.constant('keep' as const), check, memoryIds: fc.array(memoryId) }),
  fc.record({ ...op, type: fc.constant('undo' as const), opId: fc.constant('op:1' as const) }),
  fc.record({ ...op, type: fc.constant('forget-sources' as const), messageIds: fc.array(messageId) }),
)
