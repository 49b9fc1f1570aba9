import type { Message } from '#chat/message.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { CountTokens } from './assemble-input.ts'
import type { CountedPart } from './attribute-tokens.ts'
import { sectionTokens } from './lay-head.ts'
import { refAfter } from './line-refs.ts'
import { fenceTokens, layUserPart, leadOf, markOf, type RecalledContext, wordTokens } from './recalled-block.ts'

export type Recalled = {
  readonly part: CountedPart
  /** In the order of the prompt. */
  readonly kept: readonly Candidate[]
  /** What had no room, best first, with the tokens it needed. */
  readonly left: readonly { readonly candidate: Candidate; readonly neededTokens: number }[]
  /** What is left of the room. */
  readonly freeTokens: number
  /** The room that there was in the end: what is pinned may take more than was meant for all. */
  readonly roomTokens: number
}

/**
 * Fills the room for recalled items: best score first, one that does not fit is passed over, equal scores shortest first.
 * Lines are chosen by their own counts and the result is checked with the whole part, so that the room is kept for any
 * tokenizer and `neededTokens` is true: with that item the room would have been exceeded. What the user pinned comes first
 * and may fill all of `mostTokens`.
 */
export function chooseRecalled(
  context: RecalledContext,
  message: Message,
  eligible: readonly Candidate[],
  room: { readonly tokens: number; readonly mostTokens: number },
  count: CountTokens,
): Recalled {
  const pinned = new Set(context.wishes?.pinned)
  const lay = (chosen: readonly Candidate[]) => layUserPart(context, message, inOrderOfTime(chosen), count)
  const bare = lay([])
  const line = lineCounter(context, eligible, count)
  const first = (candidate: Candidate) => Number(pinned.has(candidate.key))
  const ranked = [...eligible].sort(
    (a, b) => first(b) - first(a) || b.score.total - a.score.total || line.words(a) - line.words(b),
  )
  const taken = (part: CountedPart) => Math.max(sectionTokens(part, 'recalled'), part.tokens - bare.tokens)

  const fence = fenceTokens(count)
  const chosen: Candidate[] = []
  let ordered: readonly Candidate[] = []
  let sum = fence
  let roomTokens = room.tokens
  for (const candidate of ranked) {
    const tokens = line.among(candidate, ordered)
    if (first(candidate)) {
      const larger = lay([...chosen, candidate])
      if (taken(larger) > Math.max(roomTokens, room.mostTokens)) continue
      roomTokens = Math.max(roomTokens, taken(larger))
    } else if (sum + tokens > roomTokens) continue
    chosen.push(candidate)
    ordered = inOrderOfTime(chosen)
    sum += tokens
  }
  let part = chosen.length > 0 ? lay(chosen) : bare
  while (taken(part) > roomTokens) {
    chosen.pop()
    part = lay(chosen)
  }

  const left: { candidate: Candidate; neededTokens: number }[] = []
  for (const candidate of ranked) {
    if (chosen.includes(candidate)) continue
    const estimate = line.among(candidate, inOrderOfTime(chosen)) + (chosen.length === 0 ? fence : 0)
    if (estimate > roomTokens - taken(part)) {
      left.push({ candidate, neededTokens: estimate })
      continue
    }
    const larger = lay([...chosen, candidate])
    if (taken(larger) <= roomTokens) {
      chosen.push(candidate)
      part = larger
    } else left.push({ candidate, neededTokens: taken(larger) - taken(part) })
  }
  return { part, kept: inOrderOfTime(chosen), left, freeTokens: Math.max(0, roomTokens - taken(part)), roomTokens }
}

/** What lines cost by their own counts: the words once for each, what leads them once for each text. */
function lineCounter(context: RecalledContext, eligible: readonly Candidate[], count: CountTokens) {
  const ofWords = new Map(eligible.map((candidate) => [candidate, wordTokens(candidate, count)]))
  const ofLeads = new Map<string, number>()
  const number = count(markOf(context, refAfter('R', (context.lastNumber ?? 0) + eligible.length - 1, context.named)))
  const words = (candidate: Candidate) => (ofWords.get(candidate) ?? 0) + number
  const lead = (candidate: Candidate | undefined, before: Candidate | undefined): number => {
    if (!candidate) return 0
    const { date, name } = leadOf(candidate, before, context)
    const text = date + name
    const tokens = ofLeads.get(text) ?? (text === '' ? 0 : count(text))
    ofLeads.set(text, tokens)
    return tokens
  }
  return {
    words,
    /** What a candidate adds to those in order of time: its words, its lead, and what the lead of the next one changes by. */
    among(candidate: Candidate, ordered: readonly Candidate[]): number {
      const place = ordered.findIndex((one) => compareTimes(candidate, one) < 0)
      const [before, next] = place < 0 ? [ordered.at(-1), undefined] : [ordered[place - 1], ordered[place]]
      return words(candidate) + lead(candidate, before) + lead(next, candidate) - lead(next, before)
    },
  }
}

function compareTimes(a: Candidate, b: Candidate): number {
  return a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

function inOrderOfTime(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort(compareTimes)
}
