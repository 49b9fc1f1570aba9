import type { Message } from '#chat/message.ts'
import { sentenceInformation } from './sentence-information.ts'

type Rounds = readonly (readonly Message[])[]

/** Rounds back that a round may go on from. */
const farthest = 100
/** Score from which a round goes on from another. */
const linkFrom = 0.5
const hourMs = 3_600_000

/**
 * The thread of each round by the rule score of methods #109: the words of meaning it shares with an earlier round, weighed by
 * their rarity here, and whether that is the round just before, less the distance and the pause. A round that goes on from
 * none begins a thread; one of hardly a word goes on from the round before it.
 */
export function threadRounds(rounds: Rounds): readonly number[] {
  const stems = rounds.map(roundStems)
  const holders = new Map<string, number>()
  for (const set of stems) for (const one of set) holders.set(one, (holders.get(one) ?? 0) + 1)
  const rarity = (one: string): number => Math.log(rounds.length / (holders.get(one) ?? 1))
  const threads: number[] = []
  let made = 0
  rounds.forEach((round, index) => {
    const own = stems[index] ?? new Set()
    const weight = [...own].reduce((sum, one) => sum + rarity(one), 0)
    let best = { thread: -1, score: linkFrom }
    for (let back = index - 1; back >= Math.max(0, index - farthest); back--) {
      const shared = [...own].filter((one) => stems[back]?.has(one)).reduce((sum, one) => sum + rarity(one), 0)
      const distance = index - back
      const next = distance === 1 ? (own.size < 3 ? 1 : 0.3) : 0
      const score = 4 * (weight === 0 ? 0 : shared / weight) + next - 0.3 * Math.log(distance) - pauseBin(rounds[back], round)
      const thread = threads[back]
      if (score >= best.score && thread !== undefined) best = { thread, score }
    }
    threads.push(best.thread >= 0 ? best.thread : made++)
  })
  return threads
}

function pauseBin(before: readonly Message[] | undefined, after: readonly Message[]): number {
  const pause = (after[0]?.createdAt ?? 0) - (before?.at(-1)?.createdAt ?? 0)
  return pause < hourMs ? 0 : pause < 24 * hourMs ? 0.2 : 0.4
}

/**
 * The group of each round, at most `clusters`: the seeds are the rounds least like each other, each round joins the seed it is
 * most like (EpiCache, paper #89, clusters vectors of turns; words stand in for them here). Deterministic.
 */
export function clusterRounds(rounds: Rounds, clusters: number): readonly number[] {
  return clusterSets(rounds.map(roundStems), clusters)
}

/** The same over sets of stems. */
export function clusterSets(stems: readonly ReadonlySet<string>[], clusters: number): readonly number[] {
  if (stems.length === 0) return []
  const seeds = [0]
  while (seeds.length < Math.min(clusters, stems.length)) {
    const nearness = stems.map((set) => Math.max(...seeds.map((seed) => alike(set, stems[seed] ?? new Set()))))
    const far = nearness.reduce((best, near, index) => (near < (nearness[best] ?? 1) ? index : best), 0)
    if (seeds.includes(far)) break
    seeds.push(far)
  }
  return stems.map((set, index) => {
    const own = seeds.indexOf(index)
    if (own >= 0) return own
    const near = seeds.map((seed) => alike(set, stems[seed] ?? new Set()))
    return near.indexOf(Math.max(...near))
  })
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const one of a) if (b.has(one)) shared++
  return a.size === 0 || b.size === 0 ? 0 : shared / Math.sqrt(a.size * b.size)
}

/** Stems of the words of meaning of a round. */
export function roundStems(messages: readonly Message[]): ReadonlySet<string> {
  return new Set(messages.flatMap(({ text }) => [...sentenceInformation(text, undefined).stems]))
}
