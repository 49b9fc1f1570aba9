import type { Message } from '#chat/message.ts'

/** Numbers 0…1 that are the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Of a hundred words so many are in no list: names, numbers, misspellings. Real collections go on growing by them. */
const unlisted = 2

function textFrom(next: () => number, words: readonly string[], length: number): string {
  const word = (): string => {
    // Zipf's law with exponent 1: the rank of a word is as likely to lie in 1…10 as in 10…100.
    if (next() >= unlisted / 100) return words[Math.floor(words.length ** next()) - 1] ?? ''
    return `x${Math.floor(1e6 ** next() * 36).toString(36)}`
  }
  return Array.from({ length }, word).join(' ')
}

/** A text of so many words, as frequent as in natural text where `words` come most frequent first. */
export function madeUpText(words: readonly string[], seed: number, length: number): string {
  return textFrom(random(seed), words, length)
}

/** Messages `from` on of made-up conversations of forty, a minute apart: short ones of the user, longer replies. */
export function madeUpMessages(words: readonly string[], from: number, count: number): Message[] {
  return Array.from({ length: count }, (_, offset): Message => {
    const index = from + offset
    const isUser = index % 2 === 0
    const next = random(1_000_000 + index)
    return {
      id: `msg:0190a1b2-0000-7000-8000-${String(index).padStart(12, '0')}`,
      conversationId: `conv:0190a1b2-0000-7000-8000-${String(Math.floor(index / 40)).padStart(12, '0')}`,
      ...(index % 40 > 0 && { parentId: `msg:0190a1b2-0000-7000-8000-${String(index - 1).padStart(12, '0')}` as const }),
      role: isUser ? 'user' : 'assistant',
      text: `${textFrom(next, words, isUser ? 25 : 75)}.`,
      createdAt: index * 60_000,
      status: 'complete',
    }
  })
}
