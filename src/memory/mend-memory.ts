import type { MemoryId } from '#shared/ids.ts'
import { textHash } from '#shared/text-hash.ts'
import type { Memory, Sentence, Span } from './memory.ts'
import { renderSentences } from './render-sentences.ts'

/**
 * One memory in place of several that say the same: the words of the newest, the sentences and evidence of all, held since
 * the first of them (rule M43). Its id comes from theirs, so that the same merge asked for twice is one.
 */
export function mergedMemory(memories: readonly Memory[]): Memory {
  const newest = memories.reduce((best, memory) => (memory.createdAt >= best.createdAt ? memory : best))
  const sentences = memories.flatMap((memory) => memory.sentences)
  return {
    ...open(newest),
    id: made('merge', memories),
    sentences: [...new Map(sentences.map((sentence) => [JSON.stringify(sentence), sentence])).values()],
    evidence: united(memories.flatMap(({ evidence }) => evidence)),
    validFrom: Math.min(...memories.map(({ validFrom }) => validFrom)),
    pinned: memories.some(({ pinned }) => pinned),
    strength: memories.reduce((sum, { strength }) => sum + strength, 0),
  }
}

/** A memory with other words, and the same evidence and time; a sentence that changed is no quotation any more (rule M9). */
export function maskedMemory(memory: Memory, mask: (text: string) => string): Memory {
  const sentences = memory.sentences.map((sentence): Sentence => {
    const text = mask(sentence.text)
    return text === sentence.text ? sentence : { text, evidence: sentence.evidence }
  })
  return { ...open(memory), id: made('mask', [memory]), text: mask(memory.text), sentences, foldedFrom: [memory.id] }
}

/**
 * What the user wrote in place of a memory's words (rule M46). `changed` gives the time since which the new words hold;
 * without it they were always meant. Lines that stayed keep their evidence; the others take that of the lines they replace,
 * or all of it, so that what is deleted later takes them along.
 */
export function editedMemory(memory: Memory, text: string, id: MemoryId, now: number, changed?: number): Memory {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const known = new Map(memory.sentences.map((sentence) => [sentence.text, sentence]))
  const gone = memory.sentences.filter((sentence) => !lines.includes(sentence.text))
  const lost = united(gone.flatMap(({ evidence }) => evidence))
  const evidence = lost.length > 0 ? lost : memory.evidence
  const sentences = lines.map((line): Sentence => known.get(line) ?? { text: line, evidence })
  const { modelId: _model, ...rest } = open(memory)
  return {
    ...rest,
    id,
    text: memory.kind === 'summary' ? renderSentences(sentences) : lines.join('\n'),
    sentences,
    madeBy: 'user',
    foldedFrom: [memory.id],
    createdAt: now,
    validFrom: changed ?? memory.validFrom,
  }
}

/** A memory as it is put into the log: without what the reduction of the log gave it. */
function open(memory: Memory): Memory {
  const { kept: _kept, replacedBy: _next, validUntil: _end, ...rest } = memory
  return rest
}

function made(how: string, memories: readonly Memory[]): MemoryId {
  return `mem:${textHash(JSON.stringify([how, ...memories.map(({ id }) => id).sort()]))}`
}

function united(spans: readonly Span[]): readonly Span[] {
  return [...new Map(spans.map((span) => [`${span.messageId} ${span.from} ${span.to}`, span])).values()]
}
