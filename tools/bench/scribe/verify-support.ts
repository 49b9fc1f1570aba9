import type { Message } from '#chat/message.ts'
import type { Memory, MemoryOp } from '#memory/memory.ts'
import { stem } from '#shared/text-stem.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'

export type Support = { readonly checked: number; readonly violations: readonly string[] }

/** How a summary speaks of the conversation itself; no message holds these words. */
const telling = new Set(['user', 'assistant', 'conversation', 'said', 'say', 'tell', 'mention', 'ask', 'want'].map(stem))

/** Stems of words of meaning, and the numbers among them. */
function meaning(text: string) {
  const own = words(text).filter((word) => !stopWords.has(word.text))
  return {
    stems: new Set(own.map((word) => stem(word.text)).filter((one) => !telling.has(one))),
    numbers: new Set(own.flatMap((word) => (/\d/.test(word.text) ? [stem(word.text)] : []))),
  }
}

/**
 * Rule M13, looked at again with nothing of the checks themselves: the evidence of every sentence that a model wrote stands in
 * its messages, and holds at least half of its words of meaning and all of its numbers; a quotation stands there as it is.
 */
export function verifySupport(ops: readonly MemoryOp[], messages: readonly Message[]): Support {
  const texts = new Map(messages.map(({ id, text }) => [id, text]))
  const made = new Map<string, Memory>()
  for (const op of ops) if ('memory' in op) made.set(op.memory.id, op.memory)
  const seen = new Set<string>()
  const violations: string[] = []
  for (const memory of made.values()) {
    for (const sentence of memory.sentences) {
      const key = JSON.stringify([sentence.text, sentence.speaker, sentence.evidence])
      if (seen.has(key)) continue
      seen.add(key)
      const spans = sentence.evidence.map(({ messageId, from, to }) => {
        const text = texts.get(messageId) ?? ''
        return from >= 0 && from < to && to <= text.length ? text.slice(from, to) : undefined
      })
      const found = spans.filter((span) => span !== undefined)
      const why = fault(sentence.text, sentence.speaker !== undefined, found, found.length < spans.length)
      if (why) violations.push(`${memory.kind}, ${memory.madeBy}: ${why}: ${sentence.text}`)
    }
  }
  return { checked: seen.size, violations }
}

function fault(text: string, quotes: boolean, found: readonly string[], outside: boolean): string | undefined {
  if (found.length === 0) return 'no evidence'
  if (outside) return 'evidence outside its message'
  if (quotes) return found.includes(text) ? undefined : 'not word for word'
  const held = meaning(found.join('\n'))
  const own = meaning(text)
  if ([...own.numbers].some((one) => !held.numbers.has(one))) return 'a number that is not there'
  const shared = [...own.stems].filter((one) => held.stems.has(one)).length
  return 2 * shared >= own.stems.size && own.stems.size > 0 ? undefined : 'less than half of its words'
}
