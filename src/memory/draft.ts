import type { Memory, MemoryKind, Sentence, Slot, Span } from './memory.ts'

/**
 * How a draft stands to what was known. `states`: it says something. `changes`: it says that something became so ("moved to").
 * `corrects`: what was said before was wrong. `ends`: something is so no more ("I no longer have the car").
 */
export type Stance = 'states' | 'changes' | 'corrects' | 'ends'

/** A memory that may come to be: what `extract` writes and `reconcile` decides on. */
export type Draft = {
  readonly kind: MemoryKind
  readonly sentences: readonly Sentence[]
  readonly evidence: readonly Span[]
  /** When it was said, milliseconds since 1970: from then on it holds. */
  readonly at: number
  readonly stance: Stance
  readonly slot?: Slot
  readonly keys: readonly string[]
  readonly durationMs?: number
  readonly madeBy: Memory['madeBy']
  readonly modelId?: string
  /** Absent: it belongs to the user everywhere. */
  readonly conversationId?: Memory['conversationId']
}
