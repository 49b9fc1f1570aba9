import type { ConversationId, MemoryId } from '#shared/ids.ts'
import type { Span } from './memory.ts'

/** One part of a score: `contribution` = `weight` × `value`. */
export type ScorePart = { readonly name: string; readonly value: number; readonly weight: number; readonly contribution: number }

/** The parts sum to the total (rule M7). */
export type Score = { readonly total: number; readonly parts: readonly ScorePart[] }

/** Something that may enter the prompt. Every candidate ends in the manifest, kept or left out, with a reason (rule C4). */
export type Candidate = {
  /** Stable across turns for the same content: `msg:…`, `mem:…`, so that an item in the window is not sent twice. */
  readonly key: string
  readonly kind: 'excerpt' | 'memory'
  readonly text: string
  /** When it was said. */
  readonly at: number
  readonly role?: 'user' | 'assistant'
  /** The name of who said it, where it was neither the user nor the assistant. */
  readonly speaker?: string
  readonly conversationId?: ConversationId
  readonly conversationTitle?: string
  readonly memoryId?: MemoryId
  readonly evidence: readonly Span[]
  readonly score: Score
  /** An older value that a newer one replaced. */
  readonly supersededBy?: MemoryId
}
