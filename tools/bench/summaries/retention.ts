import type { Memory } from '#memory/memory.ts'
import { coversAnswer } from '../memory/metrics.ts'
import type { Branch, Fact } from './one-branch.ts'

/** Passes after the one that took a fact's message in. */
export const distances = [0, 1, 3, 10] as const

/** What became of one fact some passes after its message was taken in. */
export type Retained = {
  readonly fact: Fact
  readonly distance: number
  /** Whether the version in force then, and all levels of it together, hold the answer. */
  readonly kept: boolean
  readonly keptInAnyLevel: boolean
  /** The version in force then, alone and with its upper levels. */
  readonly text: string
  readonly levels: string
}

/**
 * For every fact and distance that was reached: whether all words of meaning of the answer that are not in the question stand
 * in the summary. Each version of the summary is a pass. Facts that not even their messages hold in these words (a date that
 * was said as "yesterday", what is to be inferred) are left out.
 */
export function retained(
  { messages }: Pick<Branch, 'messages'>,
  memories: Iterable<Memory>,
  facts: readonly Fact[],
): readonly Retained[] {
  const covered = (memory: Memory) => memory.covers?.messageCount ?? 0
  const summaries = [...memories].filter(({ kind }) => kind === 'summary').sort((a, b) => covered(a) - covered(b))
  const versions = summaries.filter(({ level }) => level === 0)
  const place = new Map(messages.map(({ id }, index) => [id, index]))
  return facts.flatMap((fact) => {
    const { answer, text: question, gold } = fact
    const covers = (text: string) => coversAnswer(answer, question, { text })
    const said = covers(gold.map((id) => messages[place.get(id) ?? -1]?.text ?? '').join('\n'))
    if (!said) return []
    const last = Math.max(...gold.map((id) => place.get(id) ?? Number.POSITIVE_INFINITY))
    const entered = versions.findIndex((version) => covered(version) > last)
    return distances.flatMap((distance): Retained[] => {
      const version = entered < 0 ? undefined : versions[entered + distance]
      if (!version) return []
      const above = [1, 2].flatMap(
        (level) => summaries.findLast((memory) => memory.level === level && covered(memory) <= covered(version)) ?? [],
      )
      const kept = covers(version.text) ?? false
      const levels = [version, ...above].map(({ text }) => text).join('\n')
      return [{ fact, distance, kept, keptInAnyLevel: kept || (covers(levels) ?? false), text: version.text, levels }]
    })
  })
}
