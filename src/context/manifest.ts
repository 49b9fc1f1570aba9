import type { PromptWishes, Shortening } from '#chat/prompt-wishes.ts'
import type { Score } from '#memory/candidate.ts'
import type { EmbedderUse } from '#memory/cue.ts'
import type { Span } from '#memory/memory.ts'
import type { ReadMode } from '#memory/read-modes.ts'
import type { ConversationId, EpochId, MemoryId, MessageId } from '#shared/ids.ts'
import type { RollingWindow } from './rolling-window.ts'
import type { PromptPart } from './template.ts'

/** Prompt order. `you` holds what is known about the user everywhere; `message` is the newest user message. */
export const sectionNames = ['instructions', 'you', 'summary', 'turns', 'recalled', 'message'] as const
export type SectionName = (typeof sectionNames)[number]

/** Why an epoch, a stretch of turns under one frozen head, began. */
export type EpochReason =
  | 'first-turn'
  | 'pressure'
  | 'pause'
  | 'topic'
  | 'memory-edited'
  | 'model-changed'
  | 'settings-changed'
  | 'branch-changed'
  | 'profile-changed'
  /** The user wants something of the prompt that the one before did not give. */
  | 'plan-changed'

/** What was left out of an item's words at the user's wish (rule C34). */
export type Shortened = Pick<Shortening, 'ratio' | 'cuts' | 'by'> & {
  /** The whole words, which the cuts are places of. */
  readonly whole: string
  /** Tokens of the whole words and of those that were sent, each text counted by itself. */
  readonly wholeTokens: number
  readonly tokens: number
}

/** Something that went into the prompt. */
export type ManifestItem = {
  /** Section letter and number, unique in the manifest: `R2`. Shown as the citation. */
  readonly ref: string
  /** `excerpt`: recalled words of one message. `round`: the same of a whole round, in receipts of earlier versions. */
  readonly kind: 'instructions' | 'memory' | 'summary' | 'message' | 'excerpt' | 'round'
  readonly key: string
  readonly text: string
  readonly tokens: number
  /** Position of its first token in the prompt. */
  readonly start: number
  /** The part of the prompt that holds it, and its place there (UTF-16 offsets). */
  readonly part: number
  readonly from: number
  readonly to: number
  readonly role?: 'user' | 'assistant'
  readonly at?: number
  readonly conversationId?: ConversationId
  readonly conversationTitle?: string
  readonly messageId?: MessageId
  readonly memoryId?: MemoryId
  readonly evidence: readonly Span[]
  readonly score?: Score
  /** The rule that put it there, in words: "everything fits", "one of the last three rounds", "score .74, needs .45". */
  readonly why: string
  /** Sent with an earlier turn of this epoch and still standing there. */
  readonly carried?: true
  /** How many control tokens in it were broken up, so that it could not forge a turn; absent means none. */
  readonly neutralised?: number
  /** Absent: its words are whole. */
  readonly shortened?: Shortened
}

export type DropReason =
  | { readonly type: 'no-room'; readonly neededTokens: number; readonly availableTokens: number }
  | { readonly type: 'below-threshold'; readonly score: number; readonly threshold: number }
  | { readonly type: 'in-window'; readonly ref: string }
  /** `at`: when the newer value began to hold, where that is known. */
  | { readonly type: 'superseded'; readonly by: MemoryId; readonly at?: number }
  /** Its place is taken by a summary that covers it. */
  | { readonly type: 'folded'; readonly into: MemoryId }
  | { readonly type: 'hidden' }
  | { readonly type: 'memory-off' }
  /** It is not in the head that this epoch began with, which stands; it can enter with the next one. */
  | { readonly type: 'next-epoch' }
  /** A reply without a word. */
  | { readonly type: 'empty' }
  /** So much longer is the history than its room that recall has the summary's as well: by how many times (rule C65). */
  | { readonly type: 'by-size'; readonly ratio: number }

/** Something that was a candidate and stayed out. */
export type DroppedItem = {
  readonly kind: ManifestItem['kind']
  readonly section: SectionName
  readonly key: string
  /** Its beginning: enough to know it by. */
  readonly text: string
  /** What it would cost; 0 for a range, whose messages were not counted. */
  readonly tokens: number
  readonly at?: number
  readonly role?: 'user' | 'assistant'
  readonly conversationId?: ConversationId
  readonly conversationTitle?: string
  readonly messageId?: MessageId
  readonly memoryId?: MemoryId
  readonly evidence: readonly Span[]
  readonly score?: Score
  readonly reason: DropReason
  /** The entry stands for a stretch of the branch: `messages` messages from `from` to `to`, both included. */
  readonly range?: { readonly from: MessageId; readonly to: MessageId; readonly messages: number }
}

/**
 * How much was said on the branch before the newest message, in tokens, against the room that there was for it when the head was
 * laid; and what stands for it in the prompt.
 */
export type History = {
  readonly tokens: number
  readonly roomTokens: number
  /** `all`: itself. `hybrid`: a summary and what is recalled. `recall`: what is recalled alone. */
  readonly band: 'all' | 'hybrid' | 'recall'
  /** A part of it was not counted, but told by its length. */
  readonly estimated?: true
}

/** A stretch of the prompt, in tokens from its start. */
export type Run = { readonly start: number; readonly tokens: number }

export type ManifestSection = {
  readonly name: SectionName
  /** All tokens of the section, template marks included; the sections sum to the prompt's input tokens. */
  readonly tokens: number
  /** The most it might have had. */
  readonly budgetTokens: number
  readonly items: readonly ManifestItem[]
  /** Where the section stands, in order: within an epoch, turns and what was recalled for them take turns. */
  readonly runs?: readonly Run[]
}

/**
 * How the words of a reply were chosen. What is absent was neutral: it changed nothing. Penalties are of tokens among the last
 * `penaltyWindow` before, the question included.
 */
export type Sampling = {
  /** What the model's logits are divided by; 0 takes the likeliest token always. */
  readonly temperature: number
  /** Only the likeliest tokens that together have this probability (Holtzman et al. 2020). */
  readonly topP: number
  /** Only so many likeliest tokens (Fan et al. 2018). */
  readonly topK?: number
  /** Only tokens with this share of the likeliest one's probability (Nguyen et al. 2024). */
  readonly minP?: number
  /** What positive logits are divided by and negative ones multiplied with, of tokens that appeared (Keskar et al. 2019). */
  readonly repetitionPenalty?: number
  /** Taken from the logits of tokens that appeared, once … */
  readonly presencePenalty?: number
  /** … or for each time. */
  readonly frequencyPenalty?: number
  readonly seed: number
  /** Texts of the user's that end a reply, besides those of the template. */
  readonly stop?: readonly string[]
  /** The reply was held to JSON that fits this schema, as its text. */
  readonly jsonSchema?: string
  readonly maxOutputTokens: number
}

/** Tokens before the next one that penalties look at. */
export const penaltyWindow = 64

/** What really happened, measured by the engine and by us. Times in milliseconds. */
export type ActualUsage = {
  readonly inputTokens: number
  /** Of these, what the KV cache already held. */
  readonly cachedInputTokens: number
  readonly outputTokens: number
  /** Waiting for the engine before it began to read. */
  readonly queueMs: number
  readonly prefillMs: number
  readonly decodeMs: number
  /** From send to the first visible token; absent when no token came. */
  readonly ttftMs?: number
  readonly finishReason: 'stop' | 'length' | 'cancelled' | 'error'
  /**
   * Why tokens that the cache held were read again: the model's library can only append to it, or reads wrongly on top of it.
   * `not-reported`: a server did not tell what it reused.
   */
  readonly unusedCache?: 'appended' | 'none' | 'not-reported'
}

/**
 * The record of one prompt: everything that the receipt shows. Made only by `assemble`, stored with the reply, immutable
 * but for `actual`, which is written once when the reply ends.
 */
export type Manifest = {
  readonly schema: 'longhand.manifest'
  readonly version: 1
  /** The reply that this prompt made. */
  readonly replyId: MessageId
  readonly userMessageId: MessageId
  readonly conversationId: ConversationId
  readonly createdAt: number
  readonly epoch: {
    readonly id: EpochId
    readonly reason: EpochReason
    /** 1 for the first prompt of the epoch. */
    readonly turn: number
  }
  readonly model: { readonly id: string; readonly name: string; readonly engine: string; readonly tokenizerId: string }
  readonly sampling: Sampling
  /** The model was to think in writing before it answered; a reply that was begun without a thought goes on without. */
  readonly thinking?: true
  /**
   * In tokens: `size` = the model's window, `reserve` = kept for the reply, `pressure` = where an epoch closes, `rolling` = what
   * the cache keeps of it; absent means all.
   */
  readonly window: {
    readonly size: number
    readonly reserve: number
    readonly pressure: number
    readonly rolling?: RollingWindow
  }
  /** `everything-fits`: the whole conversation is in, nothing was recalled within it. */
  readonly mode: 'everything-fits' | 'assembled'
  /** Set where the size of the history decides what stands for it (rule C64). */
  readonly history?: History
  /** The profile of memory that it was laid under; absent means the default one. */
  readonly profile?: string
  /** How the reply was to be produced, where not directly. With `cite` and `quote` recalled lines and the summary bear their refs. */
  readonly readMode?: ReadMode
  /** Set when the prompt asks to go on with a cut reply: the prompt then ends with that reply's text. */
  readonly continues?: MessageId
  /** What the user wanted of it; absent means nothing in particular. */
  readonly wishes?: PromptWishes
  /** The prompt as sent, in parts; joined they are the exact text. */
  readonly prompt: readonly PromptPart[]
  readonly sections: readonly ManifestSection[]
  readonly dropped: readonly DroppedItem[]
  /** Score that a recalled item needed. */
  readonly threshold: number
  /** How sure it was that memory holds what was asked, 0…1, an estimate (rule M31); absent where nothing was found. */
  readonly confidence?: number
  /** What the neural embedder had to do with what was recalled; absent where it was off or nothing was asked. */
  readonly embedder?: EmbedderUse
  readonly predicted: { readonly inputTokens: number; readonly cachedInputTokens: number }
  readonly actual?: ActualUsage
}
