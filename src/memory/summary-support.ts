import type { Message } from '#chat/message.ts'
import { splitSentences } from '#shared/text-sentences.ts'
import type { Memory, Span } from './memory.ts'
import { sentenceInformation } from './sentence-information.ts'

/** Something a line of a summary may come from. */
export type SummarySource = { readonly stems: ReadonlySet<string>; readonly evidence: readonly Span[] }

// A line needs at least this share of its words of meaning in its sources; few sources, or any line is found somewhere.
const supportedFrom = 0.5
const maxSources = 4

// How a summary speaks of the conversation, not what was said in it.
const telling = new Set(['user', 'assistant', 'conversation', 'said', 'say', 'tell', 'mention', 'ask', 'want'])

/**
 * Every sentence of some messages, and what the sentences of a summary came from: the words of its messages and not its own,
 * of which half may have been anybody's. Else what one pass let through would be a source for the next (rule M13).
 */
export function summarySources(
  messages: readonly Message[],
  previous: Memory | undefined,
  older: readonly Message[] = [],
): readonly SummarySource[] {
  const byId = new Map([...older, ...messages].map((message) => [message.id, message]))
  const sourceOf = (message: Message, from: number, to: number): SummarySource => ({
    stems: sentenceInformation(message.text.slice(from, to), message.role).stems,
    evidence: [{ conversationId: message.conversationId, messageId: message.id, from, to }],
  })
  const known = (previous?.sentences ?? []).flatMap(({ evidence }) =>
    evidence.flatMap(({ messageId, from, to }) => {
      const message = byId.get(messageId)
      return message ? [sourceOf(message, from, to)] : []
    }),
  )
  const said = messages.flatMap((message) => splitSentences(message.text).map(({ from, to }) => sourceOf(message, from, to)))
  return [...known, ...said]
}

/**
 * The evidence of a line: the fewest sources that hold most of its words of meaning, chosen greedily, at most four; undefined
 * when they hold less than half of them, or when a number of the line is in none of them.
 */
export function findSupport(line: string, sources: readonly SummarySource[]): readonly Span[] | undefined {
  const stems = new Set([...sentenceInformation(line, undefined).stems].filter((one) => !telling.has(one)))
  if (stems.size === 0) return undefined
  const open = new Set(stems)
  const evidence = new Map<string, Span>()
  for (let taken = 0; taken < maxSources && open.size > 0; taken++) {
    let best: SummarySource | undefined
    let most = 0
    for (const source of sources) {
      let found = 0
      for (const one of open) if (source.stems.has(one)) found++
      if (found > most && source.evidence.length > 0) [best, most] = [source, found]
    }
    if (!best) break
    for (const one of best.stems) open.delete(one)
    for (const span of best.evidence) evidence.set(`${span.messageId} ${span.from} ${span.to}`, span)
  }
  const inventsNumber = [...open].some((one) => /\d/.test(one))
  const supported = 1 - open.size / stems.size >= supportedFrom
  return supported && !inventsNumber && evidence.size > 0 ? [...evidence.values()] : undefined
}
