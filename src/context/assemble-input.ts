import type { Message } from '#chat/message.ts'
import type { PromptWishes } from '#chat/prompt-wishes.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { EmbedderUse } from '#memory/cue.ts'
import type { Memory } from '#memory/memory.ts'
import type { ReadMode } from '#memory/read-modes.ts'
import type { ConversationId, EpochId, MessageId } from '#shared/ids.ts'
import type { EpochDecision } from './epoch.ts'
import type { Manifest, Sampling, Shortened } from './manifest.ts'
import type { RollingWindow } from './rolling-window.ts'
import type { ChatTemplate } from './template.ts'

/** Tokens of one prompt part or piece of it, by the model's own tokenizer. */
export type CountTokens = (text: string) => number

/** Words that may have been shortened at the user's wish; set by `assemble` alone. */
export type Shortenable = { readonly shortened?: Shortened }

/** A memory as a line of the head: what is written of it, and the rule that put it there, in words. */
export type HeadLine = Shortenable & { readonly memory: Memory; readonly text: string; readonly why: string }

/** All that `assemble` looks at: time, ids, counts and scores come in from outside. */
export type AssembleInput = {
  readonly replyId: MessageId
  readonly conversationId: ConversationId
  readonly createdAt: number
  /** Minutes that local time is ahead of UTC, for the dates written beside recalled items. */
  readonly utcOffsetMinutes: number
  readonly model: Manifest['model']
  readonly template: ChatTemplate
  readonly sampling: Sampling
  readonly windowTokens: number
  /** What of the window the cache keeps; absent: all of it. */
  readonly rolling?: RollingWindow
  /** What the user wants of the prompts of this conversation; absent: nothing. */
  readonly wishes?: PromptWishes
  readonly instructions: string
  /** How the reply is to be produced; absent: directly. `instructions` say it to the model. */
  readonly readMode?: ReadMode
  /** Refs that messages name already, which no line gets anew; set by `assemble` alone. */
  readonly named?: ReadonlySet<string>
  /** False: nothing is recalled and no summary of other conversations is used. */
  readonly memoryOn: boolean
  /** What memory holds for the head besides the summary, pinned first, in order of importance. */
  readonly you: readonly HeadLine[]
  /** The profile of memory; absent means the default one. */
  readonly profile?: string
  /** Set where the size of the history decides what stands for it. */
  readonly bySize?: {
    /** How many times its room the history takes before recall alone stands for it. */
    readonly recallAbove: number
    /** What the branch holds before `path`, by its length; absent where the last receipt tells of it. */
    readonly earlierTokens?: number
  }
  /** The newest summary that covers a prefix of this branch. */
  readonly summary?: Memory & Shortenable
  /** The branch, oldest first; the last is the newest user message. Reaches back at least to the summary's end. */
  readonly path: readonly (Message & Shortenable)[]
  /** Whether `path` begins with the conversation's first message. */
  readonly pathComplete: boolean
  /** Everything that was retrieved, best first. */
  readonly candidates: readonly (Candidate & Shortenable)[]
  /** Score that a candidate needs. */
  readonly threshold: number
  /** How sure it is that memory holds what is asked, 0…1; absent where nothing was found. */
  readonly confidence?: number
  /** Absent where no neural embedder was asked. */
  readonly embedder?: EmbedderUse
  /** The newest assistant message on the branch with its manifest, when there is one. */
  readonly previous?: { readonly manifest: Manifest; readonly reply: Message }
  /** A cut reply to go on with: the prompt ends with its text. */
  readonly continued?: Message
  /** Set when the engine's KV cache cannot hold the previous prompt: the page or the model was loaded anew, another conversation answered. */
  readonly cacheCold?: boolean
  readonly decision: EpochDecision
  /** The id that a new epoch gets. */
  readonly epochId: EpochId
}
