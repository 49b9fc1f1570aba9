import type { Message } from '#chat/message.ts'
import { assert } from '#shared/assert.ts'
import type { Coverage, Memory } from './memory.ts'
import { splitRounds } from './split-rounds.ts'

/** Which stretch of a branch the next version of its summary takes in. */
export type FoldPlan = {
  /** The summary that the new one is made from. */
  readonly previous?: Memory
  /** What the summary does not cover yet, oldest first: the whole input besides `previous`. */
  readonly messages: readonly Message[]
  /** What the new version will cover: up to the last of `messages`, never further (rule M5). */
  readonly covers: Coverage
  /** Tokens of the messages' texts. */
  readonly tokens: number
}

export type FoldRequest = {
  /** The branch, oldest first. Must reach back to the summary's end; to the first message where there is no summary. */
  readonly path: readonly Message[]
  readonly summary: Memory | undefined
  /** Rounds at the end that stay verbatim and are not taken in. */
  readonly keepRounds: number
  /** Fewer new tokens than this are not worth a new version. */
  readonly minTokens: number
  /** The most that one version takes in, in whole rounds but at least one; the rest is for the next. */
  readonly maxTokens?: number
  readonly count: (text: string) => number
}

/** Plans the next fold of a branch; undefined when nothing is to do. Rounds are never torn. */
export function planFold({ path, summary, keepRounds, minTokens, maxTokens, count }: FoldRequest): FoldPlan | undefined {
  const end = summary?.covers ? path.findIndex(({ id }) => id === summary.covers?.upTo) : -1
  // A summary whose end is not on this branch belongs to another one: this branch starts anew.
  const previous = end >= 0 ? summary : undefined
  assert(previous || !path[0]?.parentId, 'a fold needs the branch from its first message on, or from the end of its summary')
  const rounds = splitRounds(path.slice(end + 1))
  const messages: Message[] = []
  let tokens = 0
  for (const round of rounds.slice(0, Math.max(0, rounds.length - keepRounds))) {
    const more = round.messages.reduce((sum, { text }) => sum + count(text), 0)
    if (maxTokens !== undefined && messages.length > 0 && tokens + more > maxTokens) break
    messages.push(...round.messages)
    tokens += more
  }
  const first = path[0]
  const last = messages.at(-1)
  if (!first || !last || tokens < minTokens) return undefined
  const covers: Coverage = {
    conversationId: last.conversationId,
    from: previous?.covers?.from ?? first.id,
    upTo: last.id,
    messageCount: (previous?.covers?.messageCount ?? 0) + messages.length,
  }
  return { ...(previous && { previous }), messages, covers, tokens }
}
