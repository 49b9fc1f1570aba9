import type { Message } from '#chat/message.ts'
import { splitSentences } from '#shared/text-sentences.ts'
import { fencedRanges, isProse } from './prose.ts'

/** A stretch of a message that says one thing: `text` is exactly what stands from `from` to `to` (UTF-16 offsets). */
export type Clause = { readonly text: string; readonly from: number; readonly to: number }

const longest = 300
// Before a new statement about oneself a sentence is cut: "My sister is Ana, and I live in Ghent."
const joint = /(?:[,;:]\s*|\s+[-–—]\s+|\s+)(?:(?:and|but|so|because|while|although)\s+)(?=(?:I|I['’]\w+|my|we|we['’]\w+|our)\b)/gi
const semicolon = /;\s+/g

/** The clauses of a message outside of code and quoted lines, in order and disjoint. */
export function clausesOf({ text }: Pick<Message, 'text'>): readonly Clause[] {
  const fences = fencedRanges(text)
  return splitSentences(text, longest)
    .filter(({ from, to }) => !fences.some((fence) => from < fence.to && fence.from < to))
    .filter(({ from, to }) => isProse(text.slice(from, to)) && !/^\s*>/.test(text.slice(from, to)))
    .flatMap(({ from, to }) => {
      const sentence = text.slice(from, to)
      const cuts = [...sentence.matchAll(joint), ...sentence.matchAll(semicolon)]
        .map(({ index, 0: { length } }) => ({ end: index, start: index + length }))
        .sort((a, b) => a.end - b.end)
      const pieces: Clause[] = []
      let start = 0
      for (const cut of [...cuts, { end: sentence.length, start: sentence.length }]) {
        if (cut.end > start) pieces.push({ text: sentence.slice(start, cut.end), from: from + start, to: from + cut.end })
        start = Math.max(start, cut.start)
      }
      return pieces
    })
}
