import type { Message } from '#chat/message.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { CountedPart } from './attribute-tokens.ts'
import { layMessage } from './lay-message.ts'
import type { DropReason } from './manifest.ts'
import type { ChatTemplate } from './template.ts'

/** A user message with what was answered to it: `path` from `from` up to and without `to`. Empty replies have no part. */
export type Round = {
  readonly from: number
  readonly to: number
  readonly parts: readonly CountedPart[]
  readonly tokens: number
}

/** A reply without a word is not sent: it would teach the model to say nothing. */
export function isEmptyReply(message: Message): boolean {
  return message.role === 'assistant' && message.text === ''
}

/** Why a message of the branch is not sent whatever the room is; undefined where it may be. */
export function unsentReason(message: Message, hidden: Hidden): DropReason | undefined {
  if (hidden.has(message.id)) return { type: 'hidden' }
  return isEmptyReply(message) ? { type: 'empty' } : undefined
}

/** Ids of what the user hid; the newest message is never hidden (rule C5). */
export type Hidden = ReadonlySet<string>

export function hiddenOf({ wishes, path }: Pick<AssembleInput, 'wishes' | 'path'>): Hidden {
  const newest = path.at(-1)?.id
  return new Set(wishes?.hidden.filter((key) => key !== newest))
}

/** Where the round begins that the message before `end` belongs to. */
export function roundStart(path: readonly Message[], end: number): number {
  let from = end - 1
  while (from > 0 && path[from]?.role !== 'user') from--
  return from
}

function layRound({ path, hidden, template, count }: RoundsInput, from: number, to: number): Round {
  const parts = path
    .slice(from, to)
    .filter((message) => !unsentReason(message, hidden))
    .map((message) => layMessage(template, message, 'turns', '', count))
  return { from, to, parts, tokens: parts.reduce((sum, part) => sum + part.tokens, 0) }
}

/** Rounds that stand in a prompt, newest first. */
export type Turns = {
  readonly rounds: readonly Round[]
  readonly tokens: number
  /** Where in the path they begin. */
  readonly from: number
  /** They reach back to the beginning of the path. */
  readonly all: boolean
}

export type RoundsInput = {
  readonly path: readonly Message[]
  readonly hidden: Hidden
  readonly template: ChatTemplate
  readonly count: CountTokens
}

/** The rounds of `path` before `end`, newest first; each is counted when it is first asked for, and once. */
export function roundsBefore(input: RoundsInput, end: number) {
  const { path, hidden } = input
  const known: Round[] = []

  function at(index: number): Round | undefined {
    while (known.length <= index) {
      const to = known.at(-1)?.from ?? end
      if (to <= 0) return undefined
      known.push(layRound(input, roundStart(path, to), to))
    }
    return known[index]
  }

  const turnsOf = (rounds: readonly Round[]): Turns => {
    const from = rounds.at(-1)?.from ?? end
    return { rounds, tokens: rounds.reduce((sum, round) => sum + round.tokens, 0), from, all: from === 0 }
  }

  return {
    /** As many rounds as fit into `room` tokens, `most` at most, beginning with those already taken. */
    take(room: number, taken: readonly Round[] = [], most = Number.POSITIVE_INFINITY): Turns {
      const list = [...taken]
      let tokens = turnsOf(list).tokens
      // A single message taken from the newest round stands alone: what is before it would not fit either.
      const whole = list.every((round, index) => round === known[index])
      for (;;) {
        const next = whole && list.length < most && list.at(-1)?.from !== 0 ? at(list.length) : undefined
        if (!next || tokens + next.tokens > room) return turnsOf(list)
        list.push(next)
        tokens += next.tokens
      }
    },
    /** The last message of the newest round, where the round as a whole does not fit but that message does. */
    takeLastMessage(room: number): Turns {
      const last = at(0)?.parts.at(-1)
      const from = path.findLastIndex((message, index) => index < end && !unsentReason(message, hidden))
      if (!last || last.tokens > room) return turnsOf([])
      return turnsOf([{ from, to: end, parts: [last], tokens: last.tokens }])
    },
  }
}
