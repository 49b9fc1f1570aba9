import type { Match } from './match-messages.ts'
import type { MessageTable } from './message-table.ts'

/** How far `around` looks, in messages each way, and what is left of a match with every step. */
const reach = 8
const fading = 0.8
/** Words at which a message needs its neighbours half as much, or helps them half as much. */
const halfLength = 48
/** What a message two steps away gives, beside one that is next. */
const second = 0.38

export type NearMatches = {
  /** What the messages one and two steps away share with the cue; a long message needs it less. */
  readonly beside: number
  /** What the messages up to eight steps away share with the cue, fading with the distance; long ones count less. */
  readonly around: number
}

/**
 * What the messages near one on its branch, within its episode, share with a cue: an answer often stands beside the words
 * that a question about it uses. Along replies the newest one is followed.
 */
export function nearMatches(table: MessageTable, row: number, match: Match): NearMatches {
  const episode = table.episodeNumbers[row]
  let beside = 0
  let around = 0
  for (const next of [table.parent, table.newestChild]) {
    let near = row
    let share = 1
    for (let step = 1; step <= reach; step++) {
      near = next(near)
      if (near < 0 || table.episodeNumbers[near] !== episode) break
      share *= fading
      const matched = match.of(near)
      if (matched === 0) continue
      if (step <= 2) beside += step === 1 ? matched : second * matched
      around += share * damped(table.length(near)) * matched
    }
  }
  return { beside: beside * damped(table.length(row)), around }
}

/** What is left of a share for a message of so many words. */
function damped(length: number): number {
  return halfLength / (halfLength + length)
}
