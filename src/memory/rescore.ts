import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import type { Candidate, ScorePart } from './candidate.ts'
import { dialogueAct } from './dialogue-act.ts'
import { entitiesOf } from './entities.ts'
import { sentenceInformation } from './sentence-information.ts'
import { split } from './split.ts'
import { clusterSets } from './split-scattered.ts'

/** Parts that a strategy adds to what retrieval found. */
export type SeekPart = 'entities' | 'act' | 'thread' | 'episode' | 'superseded'
export type SeekWeights = Readonly<Partial<Record<SeekPart, number>>>

export type RescoreRequest = {
  readonly candidates: readonly Candidate[]
  readonly weights: SeekWeights
  readonly question: string
  /** The branch, whose last message asks: threads are found in it. */
  readonly path: readonly Message[]
  /** Messages whose statements a newer one replaced. */
  readonly superseded: ReadonlySet<MessageId>
  readonly episodes: number
}

/**
 * Adds parts to the scores of candidates and puts them in the new order: names and acts (Semantic Anchoring #27), the thread
 * (#109), the episode (EpiCache #89), and what was replaced, which counts less (DZ-TDPO #11). The parts that were there keep
 * their shares of the rest, so that all parts sum to the score (rule M7).
 */
export function rescore({ candidates, weights, question, path, superseded, episodes }: RescoreRequest): readonly Candidate[] {
  const names = (Object.keys(weights) as SeekPart[]).filter((name) => (weights[name] ?? 0) > 0)
  if (names.length === 0 || candidates.length === 0) return candidates
  const asked = entitiesOf(question)
  const act = dialogueAct(question)
  const inThread = names.includes('thread') ? threadOf(path) : new Set<MessageId>()
  const near = names.includes('episode') ? nearestEpisode(candidates, question, episodes) : new Set<Candidate>()
  const worthOf: Readonly<Record<SeekPart, (candidate: Candidate) => number>> = {
    entities: ({ text }) => {
      const own = entitiesOf(text)
      return asked.size === 0 ? 0 : [...asked].filter((one) => own.has(one)).length / asked.size
    },
    act: ({ text }) => (dialogueAct(text.replace(/^(?:User|Assistant):\s*/, '')) === act ? 1 : 0),
    thread: ({ evidence }) => (evidence.some(({ messageId }) => inThread.has(messageId)) ? 1 : 0),
    episode: (candidate) => (near.has(candidate) ? 1 : 0),
    // What holds still counts in full; of what was replaced this part is missing.
    superseded: ({ evidence }) => (evidence.some(({ messageId }) => superseded.has(messageId)) ? 0 : 1),
  }
  const sum = names.reduce((all, name) => all + (weights[name] ?? 0), 0)
  const scale = 1 / (1 + sum)
  return candidates
    .map((candidate): Candidate => {
      const old = candidate.score.parts.map((part) => ({
        ...part,
        weight: part.weight * scale,
        contribution: part.contribution * scale,
      }))
      const added = names.map((name): ScorePart => {
        const weight = (weights[name] ?? 0) * scale
        const value = worthOf[name](candidate)
        return { name, value, weight, contribution: weight * value }
      })
      const parts = [...old, ...added]
      return { ...candidate, score: { total: parts.reduce((total, part) => total + part.contribution, 0), parts } }
    })
    .sort((a, b) => b.score.total - a.score.total || (a.key < b.key ? -1 : 1))
}

/** The threshold that goes with the new scores: what was enough stays enough, but for what was replaced, which needs the weight of that more. */
export function rescoredThreshold(threshold: number, weights: SeekWeights): number {
  const sum = Object.values(weights).reduce((all, weight) => all + weight, 0)
  const base = weights.superseded ?? 0
  return (threshold + base) / (1 + sum)
}

function threadOf(path: readonly Message[]): ReadonlySet<MessageId> {
  const last = path.at(-1)
  const own = split(path.slice(-200), { by: 'thread' }).find(({ messages }) => messages.some(({ id }) => id === last?.id))
  return new Set(own?.messages.map(({ id }) => id))
}

function nearestEpisode(candidates: readonly Candidate[], question: string, episodes: number): ReadonlySet<Candidate> {
  const stems = candidates.map(({ text }) => sentenceInformation(text, undefined).stems)
  const groups = clusterSets(stems, episodes)
  const asked = sentenceInformation(question, undefined).stems
  const nearness = new Map<number, number>()
  groups.forEach((group, index) => {
    const shared = [...asked].filter((one) => stems[index]?.has(one)).length
    const size = groups.filter((other) => other === group).length
    nearness.set(group, (nearness.get(group) ?? 0) + shared / size)
  })
  const [best] = [...nearness].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return new Set(candidates.filter((_, index) => groups[index] === best?.[0]))
}
