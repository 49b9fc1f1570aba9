import { splitSentences } from '#shared/text-sentences.ts'
import { words } from '#shared/text-words.ts'
import type { Candidate, Score } from './candidate.ts'
import type { Span } from './memory.ts'
import type { StoredMessage } from './message-table.ts'

/** Characters of a message that are shown whole; of a longer one the sentences that the cue needs. */
const wholeUpTo = { user: 700, assistant: 240 } as const
const clippedTo = { user: 600, assistant: 320 } as const
/** A reply that was asked for may take this much. */
const askedReply = 900

type CueTermOf = (word: string) => number | undefined

export type RoundRequest = {
  /** The user message, where the round has one, and the reply to it, where one is to be shown. */
  readonly user: StoredMessage | undefined
  readonly reply: StoredMessage | undefined
  readonly conversationTitle: string | undefined
  /** The term of the cue that a word in search form is a form of, if any. */
  readonly cueTerm: CueTermOf
  readonly asksAssistant: boolean
  readonly score: Score
}

/**
 * A round as it may stand in a prompt: exact words, long messages cut down to the sentences that the cue needs ("…" marks
 * what is left out), the places of the shown words as evidence. With both speakers in it each line names its speaker;
 * with one, `speaker` does and the text is bare.
 */
export function roundCandidate({
  user,
  reply,
  conversationTitle,
  cueTerm,
  asksAssistant,
  score,
}: RoundRequest): Candidate | undefined {
  const shown = [user, reply]
    .flatMap((message) => (message ? [clip(message, cueTerm, asksAssistant)] : []))
    .filter(({ text }) => text !== '')
  const anchor = user ?? reply
  const first = shown[0]
  if (!anchor || !first) return undefined
  const single = shown.length === 1
  return {
    key: anchor.id,
    kind: 'round',
    text: single
      ? first.text
      : shown.map(({ text, message }) => `${message.role === 'user' ? 'User' : 'Assistant'}: ${text}`).join('\n'),
    at: anchor.createdAt,
    ...(single && { speaker: first.message.role }),
    conversationId: anchor.conversationId,
    ...(conversationTitle !== undefined && { conversationTitle }),
    evidence: shown.flatMap(({ spans }) => spans),
    score,
  }
}

type Clipped = { readonly message: StoredMessage; readonly text: string; readonly spans: readonly Span[] }

function clip(message: StoredMessage, cueTerm: CueTermOf, asksAssistant: boolean): Clipped {
  const { text, role, conversationId, id } = message
  const asked = asksAssistant && role === 'assistant'
  const span = (from: number, to: number): Span => ({ conversationId, messageId: id, from, to })
  const trimmed = text.trim()
  if (trimmed.length <= (asked ? askedReply : wholeUpTo[role])) {
    const from = text.indexOf(trimmed)
    return { message, text: trimmed, spans: trimmed === '' ? [] : [span(from, from + trimmed.length)] }
  }
  const sentences = splitSentences(text, 300)
  const worth = sentences.map(({ from, to }, index) => {
    const found = words(text.slice(from, to))
    const shared = new Set<number>()
    for (const word of found) {
      const term = cueTerm(word.text)
      if (term !== undefined) shared.add(term)
    }
    return shared.size + (index === 0 ? 0.5 : 0) + Math.min(1, found.length / 20) * 0.2
  })
  // A sentence beside a needed one often finishes its thought.
  const near = worth.map((own, index) => own + 0.25 * Math.max(worth[index - 1] ?? 0, worth[index + 1] ?? 0))
  const order = near.map((value, index) => ({ value, index })).sort((a, b) => b.value - a.value || a.index - b.index)
  const room = asked ? askedReply : clippedTo[role]
  const taken = new Set<number>()
  let used = 0
  for (const { index } of order) {
    const sentence = sentences[index]
    if (!sentence) continue
    const size = sentence.to - sentence.from
    if (taken.size > 0 && used + size > room) continue
    taken.add(index)
    used += size
  }
  let shown = ''
  const spans: Span[] = []
  let last = -1
  for (const [index, { from, to }] of sentences.entries()) {
    if (!taken.has(index)) continue
    shown += shown === '' ? (index > 0 ? '… ' : '') : index === last + 1 ? ' ' : ' … '
    shown += text.slice(from, to)
    spans.push(span(from, to))
    last = index
  }
  return { message, text: last < sentences.length - 1 ? `${shown} …` : shown, spans }
}
