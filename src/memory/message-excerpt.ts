import { splitSentences } from '#shared/text-sentences.ts'
import { words } from '#shared/text-words.ts'
import type { Span } from './memory.ts'
import type { StoredMessage } from './stored-message.ts'

/** Characters of a user's message that are shown whole. */
const wholeUserMessage = 2200
/** Characters of a reply: the least, and what the best one may take besides; more where the cue asks for a reply. */
const leastReply = 58
const bestReply = 505
const askedReply = 3300
/** How far a cue must lean to replies for the best one to take all of that. */
const fullLeaning = 0.25

export type Excerpt = { readonly text: string; readonly spans: readonly Span[] }

/** What finding a word of a text in the cue is worth; 0 for other words. */
export type WordWorth = (word: string) => { readonly term: number; readonly weight: number } | undefined

/**
 * Characters that a message may take. Of a reply it is the more the better it fits, and the more the cue asks for replies:
 * `standing` is its score between the least and the greatest candidate's, 0…1, `toReplies` the cue's leaning, 0…1.
 */
export function roomOf(role: StoredMessage['role'], standing: number, toReplies: number): number {
  if (role === 'user') return wholeUserMessage
  return Math.max(leastReply + bestReply * standing ** 2, askedReply * standing * Math.min(1, toReplies / fullLeaning))
}

/**
 * A message as it may stand in a prompt: whole where the room allows, else the sentences that the cue needs, in their order,
 * with "…" for what is left out. The spans are the places of the shown words.
 */
export function excerpt(message: StoredMessage, room: number, worthOf: WordWorth): Excerpt {
  const { text, conversationId, id } = message
  const span = (from: number, to: number): Span => ({ conversationId, messageId: id, from, to })
  const trimmed = text.trim()
  if (trimmed.length <= room) {
    const from = text.indexOf(trimmed)
    return { text: trimmed, spans: trimmed === '' ? [] : [span(from, from + trimmed.length)] }
  }
  const sentences = splitSentences(text, 300)
  const taken = new Set<number>()
  let used = 0
  for (const index of byWorth(text, sentences, worthOf)) {
    const sentence = sentences[index]
    const size = sentence ? sentence.to - sentence.from : 0
    if (!sentence || (taken.size > 0 && used + size > room)) continue
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
  return { text: last < sentences.length - 1 ? `${shown} …` : shown, spans }
}

/** Places of sentences, most needed first: by the cue's words in them; the first one and those beside a needed one gain. */
function byWorth(text: string, sentences: readonly { from: number; to: number }[], worthOf: WordWorth): readonly number[] {
  const own = sentences.map(({ from, to }) => {
    const shared = new Map<number, number>()
    for (const word of words(text.slice(from, to))) {
      const worth = worthOf(word.text)
      if (worth) shared.set(worth.term, worth.weight)
    }
    return [...shared.values()].reduce((sum, weight) => sum + weight, 0)
  })
  const most = Math.max(...own, 1e-9)
  const worth = own.map((value, index) => {
    const sentence = sentences[index]
    const length = sentence ? sentence.to - sentence.from : 0
    const beside = Math.max(own[index - 1] ?? 0, own[index + 1] ?? 0)
    return (value + 0.25 * beside) / most + (index === 0 ? 0.4 : 0) + 0.2 * Math.min(1, length / 120)
  })
  return worth.map((_, index) => index).sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0) || a - b)
}
