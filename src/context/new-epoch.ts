import type { Message } from '#chat/message.ts'
import type { Memory } from '#memory/memory.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { CountedPart } from './attribute-tokens.ts'
import { floorRounds, headFill, leastReserve, replyReserve, shares, summaryRoom } from './budget.ts'
import { cachedTokens } from './cached-tokens.ts'
import { chooseHead, type Head } from './choose-head.ts'
import { chooseRecalled, type Recalled } from './choose-recalled.ts'
import { finishManifest } from './finish-manifest.ts'
import { bandOf, historyRatio, measureHistory } from './history.ts'
import { layHead } from './lay-head.ts'
import { layReply } from './lay-message.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { leftOutMemory, leftOutMessages } from './left-out.ts'
import type { DropReason, EpochReason, History, Manifest } from './manifest.ts'
import { layUserPart } from './recalled-block.ts'
import { hiddenOf, roundsBefore, type Turns } from './rounds.ts'
import { eligibleCandidates, leftOutCandidates, refusal, type Standing, standingOf } from './sift-candidates.ts'
import { InstructionsTooLongError, MessageTooLongError } from './too-long-error.ts'

/**
 * A new head: the instructions, what memory holds, the newest rounds, then the message (SPEC.md, C9 to C13).
 * Throws InstructionsTooLongError or MessageTooLongError where what must be sent does not fit.
 */
export function layNewEpoch(input: AssembleInput, message: Message, reason: EpochReason, count: CountTokens): Manifest {
  const { template, windowTokens, path } = input
  const reply = layReply(template, input.continued, count)
  const bare = layUserPart(input, message, [], count)
  const plain = layHead(template, { instructions: input.instructions, you: [] }, count)?.tokens ?? 0
  const must = plain + bare.tokens + reply.tokens
  const { available, instructionsCap } = roomFor(input, plain, bare.tokens + reply.tokens)
  const spare = available - must
  const wanted = input.wishes?.budgets ?? {}
  const youCap = wanted.you ?? Math.max(0, Math.floor(available * shares.head) - plain)
  const summaryCap = wanted.summary ?? summaryRoom(available)
  const turnsCap = wanted.turns ?? available
  const hidden = hiddenOf(input)
  const rounds = roundsBefore({ path, hidden, template, count }, path.length - 1)

  let head = chooseHead(input, { you: youCap, summary: 0, both: spare }, count)
  const roomTokens = Math.max(0, Math.min(turnsCap, spare - (head.tokens - plain)))
  let turns = rounds.take(roomTokens)
  const everything = turns.all && input.pathComplete
  const history = historyFor(input, roomTokens, everything, count)
  const bySize = history?.band === 'recall' ? ({ type: 'by-size', ratio: historyRatio(history) } as const) : undefined
  let fill = available
  if (!everything) {
    turns = rounds.take(Math.min(turnsCap, spare), [], floorRounds)
    if (turns.rounds.length === 0) turns = rounds.takeLastMessage(Math.min(turnsCap, spare))
    head = chooseHead(input, { you: youCap, summary: bySize ?? summaryCap, both: spare - turns.tokens }, count)
    // Who sets the turns' room means to use it: the epoch then has what is left to grow.
    if (wanted.turns === undefined)
      fill = Math.min(available, headFill(windowTokens, replyReserve(windowTokens, input.sampling.maxOutputTokens)))
  }

  const beside = () => available - head.tokens - bare.tokens - reply.tokens
  const recalledRoom = () => {
    const mostTokens = Math.max(0, beside() - turns.tokens)
    const share = bySize ? shares.recalled + shares.summary : shares.recalled
    return { tokens: Math.min(wanted.recalled ?? Math.floor(available * share), mostTokens), mostTokens }
  }
  const turnsRoom = (others: number) => Math.min(turnsCap, fill - others)
  const enter = (user: CountedPart) => enterAll(openLedger(input.named), head, turns, everything, [user, reply])
  let recalled: Recalled
  for (;;) {
    recalled = chooseRecalled(input, message, eligibleCandidates(input, standingOf(enter(bare).items())), recalledRoom(), count)
    const grown = everything ? turns : rounds.take(turnsRoom(head.tokens + recalled.part.tokens + reply.tokens), turns.rounds)
    if (grown.rounds.length === turns.rounds.length) break
    turns = grown
    // Turns that flowed into the room that was left may hold what was recalled: then the room is shared out once more.
    const standing = standingOf(enter(bare).items())
    if (!recalled.kept.some((candidate) => refusal(candidate, standing, input))) break
  }

  const ledger = enter(recalled.part)
  const standing = standingOf(ledger.items())
  const othersTokens = ledger.tokens() - ledger.tokensOf('turns')
  const freeForTurns = Math.max(0, turnsRoom(othersTokens) - ledger.tokensOf('turns'))
  return finishManifest(input, message, {
    epoch: { id: input.epochId, reason, turn: 1 },
    reserve: windowTokens - available,
    mode: everything && !path.some(({ id, shortened }) => hidden.has(id) || shortened) ? 'everything-fits' : 'assembled',
    ...(history && { history }),
    ledger,
    budgets: {
      instructions: instructionsCap,
      you: youCap,
      summary: summaryCap,
      turns: Math.max(turnsRoom(othersTokens), ledger.tokensOf('turns')),
      recalled: recalled.roomTokens,
      message: available - plain,
    },
    dropped: [
      ...leftOutCandidates(input, standing, recalled, count),
      ...head.left.map(({ memory, section, tokens, reason }) =>
        leftOutMemory(
          memory,
          section,
          tokens,
          (section === 'summary' && reason.type !== 'hidden' && everything && standsAsTurns(memory, standing)) || reason,
        ),
      ),
      ...leftOutMessages({
        path,
        to: turns.from,
        summary: head.summary,
        hidden,
        reasonFor: (neededTokens): DropReason => ({ type: 'no-room', neededTokens, availableTokens: freeForTurns }),
        template,
        count,
      }),
    ],
    cachedInputTokens: cachedTokens(input, ledger.parts(), count),
  })
}

function historyFor(input: AssembleInput, roomTokens: number, everything: boolean, count: CountTokens): History | undefined {
  if (!input.bySize) return undefined
  const measured = { ...measureHistory(input, hiddenOf(input), count), roomTokens }
  return { ...measured, band: bandOf(input, historyRatio(measured), everything) }
}

/** What the prompt may take. A long message may take from the reply's reserve, down to a quarter of it. */
function roomFor(input: AssembleInput, instructions: number, message: number) {
  const reserve = replyReserve(input.windowTokens, input.sampling.maxOutputTokens)
  const usual = input.windowTokens - reserve
  const instructionsCap = Math.floor(usual / 2)
  if (instructions > instructionsCap) throw new InstructionsTooLongError(instructions, instructionsCap)
  const most = input.windowTokens - leastReserve(reserve)
  if (instructions + message > most) throw new MessageTooLongError(message, most - instructions)
  return { available: Math.max(usual, instructions + message), instructionsCap }
}

function enterAll(ledger: Ledger, head: Head, turns: Turns, everything: boolean, last: readonly CountedPart[]): Ledger {
  if (head.part) ledger.add(head.part)
  turns.rounds.toReversed().forEach((round, index) => {
    const age = turns.rounds.length - index
    const why = everything
      ? 'everything fits'
      : age <= floorRounds
        ? 'one of the last three rounds'
        : 'recent, and there was room'
    for (const part of round.parts) ledger.add(withWhy(part, why))
  })
  for (const part of last) ledger.add(part)
  return ledger
}

function withWhy(part: CountedPart, why: string): CountedPart {
  return { ...part, pieces: part.pieces.map((piece) => (piece.seed ? { ...piece, seed: { ...piece.seed, why } } : piece)) }
}

/** A summary is not needed where all that it covers is sent itself. */
function standsAsTurns(summary: Memory, standing: Standing): DropReason | undefined {
  const ref = summary.covers && standing.get(summary.covers.upTo)
  return ref === undefined ? undefined : { type: 'in-window', ref }
}
