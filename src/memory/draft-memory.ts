import { textHash } from '#shared/text-hash.ts'
import type { Draft } from './draft.ts'
import type { Memory, Span } from './memory.ts'
import { renderSentences } from './render-sentences.ts'

export const spanKey = (span: Span): string => `${span.messageId} ${span.from} ${span.to}`

/** Says what a draft is and where it was said, whoever asks and when: ids of what comes of it are made from this (rule M10). */
export function draftKey({ kind, slot, sentences, evidence }: Draft): string {
  return JSON.stringify([kind, slot?.name ?? '', slot?.value ?? '', sentences.map(({ text }) => text), evidence.map(spanKey)])
}

/** The memory that a draft becomes when it is added. */
export function draftMemory(draft: Draft, now: number): Memory {
  const { kind, sentences, evidence, at, slot, keys, durationMs, madeBy, modelId, conversationId } = draft
  return {
    id: `mem:${textHash(draftKey(draft))}`,
    kind,
    text: renderSentences(sentences),
    sentences,
    evidence,
    ...(conversationId !== undefined && { conversationId }),
    madeBy,
    ...(modelId !== undefined && { modelId }),
    level: 0,
    foldedFrom: [],
    createdAt: now,
    validFrom: at,
    pinned: false,
    retired: false,
    strength: 1,
    ...(slot && { slot }),
    ...(keys.length > 0 && { keys }),
    ...(durationMs !== undefined && { durationMs }),
  }
}
