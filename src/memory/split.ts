import type { Message } from '#chat/message.ts'
import { splitRounds } from './split-rounds.ts'
import { clusterRounds, roundStems, threadRounds } from './split-scattered.ts'

/** Why a segment begins where it does. */
export type CutReason = 'start' | 'round' | 'turns' | 'tokens' | 'gap' | 'topic' | 'thread' | 'cluster'

export type Segment = { readonly messages: readonly Message[]; readonly reason: CutReason }

export type SplitPolicy =
  | { readonly by: 'round' }
  /** Every so many rounds. */
  | { readonly by: 'turns'; readonly turns: number }
  /** Before a round that would make a segment longer than this. */
  | { readonly by: 'tokens'; readonly tokens: number; readonly count: (text: string) => number }
  /** After a pause, in milliseconds. */
  | { readonly by: 'gap'; readonly gapMs: number }
  /** Where the words change: after a pause of four hours, a dip of cohesion, or where a model says so. */
  | { readonly by: 'topic'; readonly votes?: (round: number) => boolean }
  /** By what answers what: the parts of a thread need not be neighbours. */
  | { readonly by: 'thread' }
  /** Into this many groups of like rounds, not neighbours. */
  | { readonly by: 'cluster'; readonly clusters: number }

const topicGapMs = 4 * 3_600_000
/** Rounds on each side that cohesion is measured over. */
const reach = 2

/**
 * Cuts a path, oldest first, into segments of whole rounds: a partition, each segment with the reason of its cut (rule M27).
 * After S3-DST (#51) and MemoChat (#69, topics), EpiCache (#89, clusters) and conversation disentanglement (#109, threads).
 */
export function split(path: readonly Message[], policy: SplitPolicy): readonly Segment[] {
  const rounds = splitRounds(path).map(({ messages }) => messages)
  if (policy.by === 'thread') return scattered(rounds, threadRounds(rounds), 'thread')
  if (policy.by === 'cluster') return scattered(rounds, clusterRounds(rounds, policy.clusters), 'cluster')
  const reasons = cutReasons(rounds, policy)
  const segments: { messages: Message[]; reason: CutReason }[] = []
  rounds.forEach((messages, index) => {
    const reason = index === 0 ? 'start' : reasons(index)
    const last = segments.at(-1)
    if (reason === undefined && last) last.messages.push(...messages)
    else segments.push({ messages: [...messages], reason: reason ?? 'start' })
  })
  return segments
}

type Rounds = readonly (readonly Message[])[]

/** Asked once for each round after the first, in order: why a segment begins there, or undefined. */
function cutReasons(
  rounds: Rounds,
  policy: Exclude<SplitPolicy, { by: 'thread' | 'cluster' }>,
): (index: number) => CutReason | undefined {
  switch (policy.by) {
    case 'round':
      return () => 'round'
    case 'turns':
      return (index) => (index % Math.max(1, policy.turns) === 0 ? 'turns' : undefined)
    case 'tokens': {
      const size = (index: number) => (rounds[index] ?? []).reduce((sum, { text }) => sum + policy.count(text), 0)
      let tokens = size(0)
      return (index) => {
        const more = size(index)
        const full = tokens + more > policy.tokens
        tokens = full ? more : tokens + more
        return full ? 'tokens' : undefined
      }
    }
    case 'gap':
      return (index) => (gapBefore(rounds, index) > policy.gapMs ? 'gap' : undefined)
    case 'topic': {
      const dips = cohesionDips(rounds)
      return (index) => {
        const gap = gapBefore(rounds, index) > topicGapMs ? 1 : 0
        const vote = policy.votes?.(index) ? 1 : 0
        return boundary({ gap, dip: dips[index] ?? 0, vote }) ? (gap ? 'gap' : 'topic') : undefined
      }
    }
  }
}

/** One boundary formula for all signs, each 0…1: a segment begins where they reach 1 together. */
function boundary({ gap, dip, vote }: { readonly gap: number; readonly dip: number; readonly vote: number }): boolean {
  return gap + dip + vote >= 1
}

function gapBefore(rounds: Rounds, index: number): number {
  const before = rounds[index - 1]?.at(-1)?.createdAt ?? 0
  return (rounds[index]?.[0]?.createdAt ?? before) - before
}

/** How far the words of the rounds before and after a place are less alike than usual: 1 is a standard deviation below the mean. */
function cohesionDips(rounds: Rounds): readonly number[] {
  const stems = rounds.map(roundStems)
  const cohesion = rounds.map((_, index) => {
    const before = new Set(stems.slice(Math.max(0, index - reach), index).flatMap((one) => [...one]))
    const after = new Set(stems.slice(index, index + reach).flatMap((one) => [...one]))
    let shared = 0
    for (const one of after) if (before.has(one)) shared++
    return shared / Math.max(1, Math.min(before.size, after.size))
  })
  const places = cohesion.slice(1)
  if (places.length < 3) return cohesion.map(() => 0)
  const mean = places.reduce((sum, one) => sum + one, 0) / places.length
  const deviation = Math.sqrt(places.reduce((sum, one) => sum + (one - mean) ** 2, 0) / places.length)
  return cohesion.map((one) => (deviation === 0 ? 0 : Math.max(0, Math.min(1, (mean - one) / deviation))))
}

function scattered(rounds: Rounds, groupOf: readonly number[], reason: CutReason): readonly Segment[] {
  const groups = new Map<number, Message[]>()
  rounds.forEach((messages, index) => {
    const group = groupOf[index] ?? 0
    groups.set(group, [...(groups.get(group) ?? []), ...messages])
  })
  return [...groups.values()].map((messages, index) => ({ messages, reason: index === 0 ? 'start' : reason }))
}
