import type { MessageId } from '#shared/ids.ts'
import { stem } from '#shared/text-stem.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'
import type { Candidate } from './candidate.ts'
import type { FactKey } from './cue.ts'
import { type Gate, gateByThreshold } from './gate.ts'
import { isOpen } from './in-force.ts'
import type { Memory, MemoryKind } from './memory.ts'

export type ChooseMemories = {
  readonly memories: Iterable<Memory>
  readonly over: readonly MemoryKind[]
  readonly most: number
  readonly question: string
  /** Share of the question's words of meaning that a memory must hold; never below what retrieval asks for. */
  readonly threshold: number
}

/**
 * Chooses memories for one message, or none (MemoChat #69: memos; LIGHT #54: the filtered scratchpad; EPISODE #96: shared
 * memories). By rule: the share of the question's words of meaning that the memory holds, itself or as keys.
 */
export function memoryCandidates({ memories, over, most, question, threshold }: ChooseMemories): readonly Candidate[] {
  const worth = shareHeld(question)
  if (!worth) return []
  const options = [...memories]
    .filter((memory) => over.includes(memory.kind) && isOpen(memory))
    .sort((a, b) => b.validFrom - a.validFrom || (a.id < b.id ? -1 : 1))
  return gateByThreshold({ question, options, textOf: ({ text }) => text, most }, worth, threshold).map(({ option, value }) => ({
    key: option.id,
    kind: 'memory',
    text: option.text,
    at: option.validFrom,
    ...(option.conversationId === undefined ? {} : { conversationId: option.conversationId }),
    memoryId: option.id,
    evidence: option.evidence,
    score: chosen(value),
  }))
}

/**
 * Messages to find by what was learnt from them (LongMemEval #10, section 5: facts as keys, merged with the text): those that
 * memories of some kinds come from which hold enough of the question's words, each with the most that one holds. What was
 * replaced is a key as well: that it is not true any more does not make it less of a way to where it was said.
 */
export function factKeys({ memories, over, question, threshold }: Omit<ChooseMemories, 'most'>): readonly FactKey[] {
  const worth = shareHeld(question)
  if (!worth) return []
  const shares = new Map<MessageId, number>()
  for (const memory of memories) {
    const share = over.includes(memory.kind) ? worth(memory) : 0
    if (share < threshold) continue
    for (const { messageId } of memory.evidence) shares.set(messageId, Math.max(share, shares.get(messageId) ?? 0))
  }
  return [...shares].map(([messageId, share]) => ({ messageId, share }))
}

/** The share of a question's words of meaning that a memory holds, itself or as keys; undefined where the question has none. */
function shareHeld(question: string): ((memory: Memory) => number) | undefined {
  const asked = new Set(
    words(question, true)
      .filter(({ text }) => !stopWords.has(text))
      .map(({ text }) => stem(text)),
  )
  if (asked.size === 0) return undefined
  return ({ text, keys = [] }) => {
    const own = new Set(words(`${text} ${keys.join(' ')}`).map((word) => stem(word.text)))
    return [...asked].filter((one) => own.has(one)).length / asked.size
  }
}

const chosen = (value: number): Candidate['score'] => ({
  total: value,
  parts: [{ name: 'chosen', value, weight: 1, contribution: value }],
})

/** The most that a model is shown: a list that a small one still reads, and that costs few tokens. */
const mostOptions = 12

/** The choice to put to a model: the memories that hold most of the question's words, at least one. What it names counts in full. */
export function memoryGate(job: Omit<ChooseMemories, 'threshold'>): Gate<Candidate> {
  const near = memoryCandidates({ ...job, most: mostOptions, threshold: Number.EPSILON })
  return {
    question: job.question,
    options: near.map((candidate) => ({ ...candidate, score: chosen(1) })),
    textOf: ({ text }) => text,
    most: job.most,
  }
}
