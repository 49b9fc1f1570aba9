import type { Candidate } from '#memory/candidate.ts'
import type { MessageId } from '#shared/ids.ts'
import { stem } from '#shared/text-stem.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'
import type { Section } from './ask-product.ts'

/** Stems of a text's words of meaning. */
function contentWords(text: string): ReadonlySet<string> {
  return new Set(words(text).flatMap((word) => (stopWords.has(word.text) ? [] : [stem(word.text)])))
}

/** Gold messages shown: verbatim, or at least 90 % of their words of meaning in one item that names them. */
export function shownOf(gold: readonly MessageId[], section: Section, textOf: (id: MessageId) => string): readonly MessageId[] {
  return gold.filter((id) => {
    const text = textOf(id).trim()
    const wanted = contentWords(text)
    return section.items.some((item) => {
      if (!item.evidence.some((span) => span.messageId === id)) return false
      if (item.text.includes(text)) return true
      const has = contentWords(item.text)
      const found = [...wanted].filter((word) => has.has(word)).length
      return found >= 0.9 * wanted.size
    })
  })
}

/** Whether all words of meaning of an answer that are not in the question occur in the section; undefined where there are none. */
export function coversAnswer(answer: string, question: string, section: Pick<Section, 'text'>): boolean | undefined {
  const asked = contentWords(question)
  const wanted = [...contentWords(answer)].filter((word) => !asked.has(word))
  if (wanted.length === 0) return undefined
  const has = contentWords(section.text)
  return wanted.every((word) => has.has(word))
}

/** Places, from 1, of the first candidate of each gold message; none where it is no candidate. */
function ranksOf(gold: readonly MessageId[], candidates: readonly Candidate[]): readonly number[] {
  const rank = new Map<MessageId, number>()
  for (const [index, { evidence }] of candidates.entries())
    for (const { messageId } of evidence) if (!rank.has(messageId)) rank.set(messageId, index + 1)
  return gold.flatMap((id) => rank.get(id) ?? [])
}

export function recallAt(k: number, gold: readonly MessageId[], candidates: readonly Candidate[]): number {
  return ranksOf(gold, candidates).filter((rank) => rank <= k).length / gold.length
}

export function reciprocalRank(gold: readonly MessageId[], candidates: readonly Candidate[]): number {
  return Math.max(0, ...ranksOf(gold, candidates).map((rank) => 1 / rank))
}

/** nDCG at 10 with gains of 0 and 1 (Järvelin and Kekäläinen 2002). */
export function ndcgAt10(gold: readonly MessageId[], candidates: readonly Candidate[]): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 1)
  const found = ranksOf(gold, candidates).filter((rank) => rank <= 10)
  const ideal = Array.from({ length: Math.min(10, gold.length) }, (_, index) => gain(index + 1))
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
  return sum(found.map(gain)) / sum(ideal)
}

/** Share of items that stand under a line with a day of the calendar, and whether the items are in order of time. */
export function dating(section: Section): { readonly dated: number; readonly inOrder: boolean } {
  const day = /^\d{1,2} [A-Z][a-z]+ \d{4}$/m
  const dated = section.items.filter((item) => day.test(section.text.slice(0, section.text.lastIndexOf(item.text)))).length
  const times = section.items.map(({ at }) => at ?? 0)
  const inOrder = times.every((at, index) => index === 0 || at >= (times[index - 1] ?? 0))
  return { dated: dated / Math.max(1, section.items.length), inOrder }
}

/** Area under the ROC curve: the chance that a positive has more confidence than a negative; ties count half. */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0
  for (const positive of positives)
    for (const negative of negatives) wins += positive > negative ? 1 : positive === negative ? 0.5 : 0
  return wins / (positives.length * negatives.length)
}

/** Share of positives kept where `falseAccepts` of the negatives are. */
export function keptAt(falseAccepts: number, positives: readonly number[], negatives: readonly number[]): number {
  const sorted = [...negatives].sort((a, b) => b - a)
  const threshold = sorted[Math.floor(falseAccepts * sorted.length)] ?? Number.NEGATIVE_INFINITY
  return positives.filter((positive) => positive > threshold).length / positives.length
}
