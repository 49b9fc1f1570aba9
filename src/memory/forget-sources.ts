import type { MessageId } from '#shared/ids.ts'
import type { Memory, Sentence } from './memory.ts'
import { renderSentences } from './render-sentences.ts'

/**
 * A memory without what came only from forgotten messages (rule M3), or undefined when nothing else is left of it.
 * A sentence goes when all its evidence is gone; one that names no evidence of its own goes with any of the memory's,
 * since nothing shows that it came from elsewhere.
 */
export function withoutSources(memory: Memory, forgotten: ReadonlySet<MessageId>): Memory | undefined {
  if (!memory.evidence.concat(memory.sentences.flatMap(({ evidence }) => evidence)).some((span) => forgotten.has(span.messageId)))
    return memory
  const evidence = memory.evidence.filter((span) => !forgotten.has(span.messageId))
  const sentences = memory.sentences.flatMap((sentence): Sentence[] => {
    const left = sentence.evidence.filter((span) => !forgotten.has(span.messageId))
    return left.length === 0 ? [] : [left.length === sentence.evidence.length ? sentence : { ...sentence, evidence: left }]
  })
  if (memory.sentences.length > 0 && sentences.length === 0) return undefined
  if (memory.sentences.length === 0 && evidence.length === 0) return undefined
  const text = sentences.length === memory.sentences.length ? memory.text : renderSentences(sentences)
  return { ...memory, text, sentences, evidence }
}
