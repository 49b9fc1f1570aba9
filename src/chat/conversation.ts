import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { PromptWishes } from './prompt-wishes.ts'

/** How a reply names what it draws on: not at all, by number, or with its words. */
export type SourcesNamed = 'none' | 'cite' | 'quote'

/** A titled, durable tree of messages. */
export type Conversation = {
  readonly id: ConversationId
  readonly title: string
  /** Who gave the title: a rule until the model or the user gives a better one. */
  readonly titledBy: 'rule' | 'model' | 'user'
  readonly createdAt: number
  /** Time of the newest message; the list is sorted by it. */
  readonly updatedAt: number
  readonly pinned: boolean
  /** The last message of the branch being shown. */
  readonly headId?: MessageId
  /** Whether memory is read and written here. */
  readonly memory: boolean
  /** Instructions for this conversation; absent means those of the settings. */
  readonly instructions?: string
  /** The profile of memory; absent means the default one. */
  readonly profile?: string
  /** How its replies name what they draw on; absent means not at all. */
  readonly sources?: SourcesNamed
  /** Its replies are JSON that fits this schema, as its text; absent or empty means they are free. */
  readonly json?: string
  /** What the user wants of its prompts; absent means nothing in particular. */
  readonly wishes?: PromptWishes
  readonly messageCount: number
  /** Set while the deletion can still be undone; such a conversation is neither listed nor recalled. */
  readonly deletedAt?: number
  /** One that Longhand brought along to try things on. Its memory is its own: none of it leaves, and none of others enters. */
  readonly example?: true
  /** A temporary conversation lives in memory only and is never stored. */
  readonly temporary?: true
}
