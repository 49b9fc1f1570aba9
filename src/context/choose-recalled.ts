import type { Message } from '#chat/message.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { CountTokens } from './assemble-input.ts'
import type { CountedPart } from './attribute-tokens.ts'
import { sectionTokens } from './lay-head.ts'
import { dateLine, fenceTokens, layUserPart, lineTokens, type RecalledContext } from './recalled-block.ts'

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
  const lines = new Map(eligible.map((candidate) => [candidate, lineTokens(candidate, count)]))
  const line = (candidate: Candidate) => lines.get(candidate) ?? 0
  const first = (candidate: Candidate) => Number(pinned.has(candidate.key))
  const ranked = [...eligible].sort((a, b) => first(b) - first(a) || b.score.total - a.score.total || line(a) - line(b))
  const dates = new Set<string>()
  const cost = (candidate: Candidate) => {
    const date = dateLine(candidate, context)
    return line(candidate) + (dates.has(date) ? 0 : count(date))
  }
  const taken = (part: CountedPart) => Math.max(sectionTokens(part, 'recalled'), part.tokens - bare.tokens)

  const fence = fenceTokens(count)
  const chosen: Candidate[] = []
  let sum = fence
  let roomTokens = room.tokens
  for (const candidate of ranked) {
    const tokens = cost(candidate)
    if (first(candidate)) {
      const larger = lay([...chosen, candidate])
      if (taken(larger) > Math.max(roomTokens, room.mostTokens)) continue
      roomTokens = Math.max(roomTokens, taken(larger))
    } else if (sum + tokens > roomTokens) continue
    chosen.push(candidate)
    dates.add(dateLine(candidate, context))
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
    const estimate = cost(candidate) + (chosen.length === 0 ? fence : 0)
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

function inOrderOfTime(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}
