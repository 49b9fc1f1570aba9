import type { ConversationId, MemoryId, MessageId, OpId } from '#shared/ids.ts'

/** An immutable piece of a message: the evidence of a memory. `from` and `to` are UTF-16 offsets into its text. */
export type Span = {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly from: number
  readonly to: number
}

export type MemoryKind = 'fact' | 'event' | 'loop' | 'slot' | 'summary' | 'portrait' | 'segment' | 'qa' | 'key'

/**
 * One sentence of a memory with the sentences of the conversation that it was made from. With a `speaker` it is an exact
 * quotation: the message at its one span holds this text. Without, it is in the words of whoever made the memory.
 */
export type Sentence = { readonly text: string; readonly evidence: readonly Span[]; readonly speaker?: 'user' | 'assistant' }

/**
 * What a memory is a value of: `user/home`, with the value `Porto`. Of a single slot one value holds at a time (rule M24);
 * others, such as pets, hold many.
 */
export type Slot = { readonly name: string; readonly value: string; readonly single: boolean }

/** `contradicts`: both are open and cannot both be true; the user decides. `continues`: it goes on from the other. */
export type MemoryLink = { readonly to: MemoryId; readonly relation: 'contradicts' | 'continues' }

/** Anything derived from conversations. Never edited in place: it is the reduction of MemoryOps. */
export type Memory = {
  readonly id: MemoryId
  readonly kind: MemoryKind
  /** What goes into a prompt. */
  readonly text: string
  readonly sentences: readonly Sentence[]
  readonly evidence: readonly Span[]
  /** The conversation it belongs to; absent means that it belongs to the user everywhere. */
  readonly conversationId?: ConversationId
  /** `extracted`: exact sentences chosen by rules. `model`: written by a model and checked. `user`: by hand. */
  readonly madeBy: 'extracted' | 'model' | 'user'
  readonly modelId?: string
  /** Summaries only: what it covers, as a prefix of one branch. */
  readonly covers?: Coverage
  /** 0 for a summary of messages, n+1 for a summary of summaries of level n. */
  readonly level: number
  /** Memories that this one was folded from; kept, so that every version can be looked at. */
  readonly foldedFrom: readonly MemoryId[]
  readonly createdAt: number
  /** Valid time: when the fact began and, once replaced, ended. */
  readonly validFrom: number
  readonly validUntil?: number
  readonly replacedBy?: MemoryId
  readonly pinned: boolean
  readonly retired: boolean
  /** How often the fact was confirmed. */
  readonly strength: number
  /** What checks found about it and the user lets stand, each with the other memories it was about (rule M47). */
  readonly kept?: readonly Kept[]
  /** When it was last confirmed. */
  readonly touchedAt?: number
  readonly slot?: Slot
  /** Words to find it by that it does not hold itself: `job` for "I am a nurse". */
  readonly keys?: readonly string[]
  /** Events and open loops: how long from `validFrom` it was said to take, in milliseconds. */
  readonly durationMs?: number
  readonly links?: readonly MemoryLink[]
}

/** What memory is checked for: `src/memory/lint-memory.ts`. */
export type MemoryCheck = 'contradiction' | 'duplicate' | 'stale' | 'echo' | 'secret'

export type Kept = { readonly check: MemoryCheck; readonly beside: readonly MemoryId[] }

/** A summary covers the branch that ends at `upTo`, from `from` on: never further than the text it was made from (rule M5). */
export type Coverage = {
  readonly conversationId: ConversationId
  readonly from: MessageId
  readonly upTo: MessageId
  readonly messageCount: number
}

/** Why memory was changed. */
export type Cause =
  | { readonly type: 'epoch-closed'; readonly conversationId: ConversationId; readonly reason: string }
  /** A reply ended: what the user said before it was read. */
  | { readonly type: 'round-closed'; readonly conversationId: ConversationId; readonly replyId: MessageId }
  | { readonly type: 'user' }
  | { readonly type: 'source-deleted'; readonly conversationId: ConversationId }
  | { readonly type: 'import' }

/** Every change of memory. The log is append-only; the state is `reduceMemory(ops)`. */
export type MemoryOp = { readonly id: OpId; readonly at: number; readonly cause: Cause } & (
  | { readonly type: 'add'; readonly memory: Memory }
  /** Closes `memoryId`'s validity at `memory.validFrom`, adds `memory` and links old to new. */
  | { readonly type: 'revise'; readonly memoryId: MemoryId; readonly memory: Memory }
  | { readonly type: 'merge'; readonly memoryIds: readonly MemoryId[]; readonly memory: Memory }
  /**
   * Takes it out of force. What was said to have ended has `until`, which closes its validity, and the evidence of that: when
   * all of it is forgotten, nothing ended.
   */
  | { readonly type: 'retire'; readonly memoryId: MemoryId; readonly until?: number; readonly evidence?: readonly Span[] }
  | { readonly type: 'touch'; readonly memoryId: MemoryId; readonly evidence: readonly Span[] }
  | { readonly type: 'link'; readonly memoryId: MemoryId; readonly link: MemoryLink }
  | { readonly type: 'pin'; readonly memoryId: MemoryId; readonly pinned: boolean }
  /** The user saw what a check found about these memories and lets it stand. */
  | { readonly type: 'keep'; readonly check: MemoryCheck; readonly memoryIds: readonly MemoryId[] }
  /** Takes back one earlier op; undoing an undo brings it back. */
  | { readonly type: 'undo'; readonly opId: OpId }
  /** The user deleted these messages: what was derived only from them goes, the rest loses that evidence (rule M3). */
  | { readonly type: 'forget-sources'; readonly messageIds: readonly MessageId[] }
)

/** A change that is not in the log yet: without the id, time and cause that it gets there. */
export type OpBody = MemoryOp extends infer Op ? (Op extends MemoryOp ? Omit<Op, 'id' | 'at' | 'cause'> : never) : never
