import type { Message } from '#chat/message.ts'
import type { Memory } from '#memory/memory.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import { replyReserve, shares } from './budget.ts'
import { cachedTokens } from './cached-tokens.ts'
import { chooseRecalled } from './choose-recalled.ts'
import { finishManifest } from './finish-manifest.ts'
import { historyRatio, measureHistory } from './history.ts'
import { layMessage, layReply } from './lay-message.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { leftOutMemory, leftOutMessages, supersession } from './left-out.ts'
import type { DroppedItem, DropReason, History, Manifest } from './manifest.ts'
import { layUserPart } from './recalled-block.ts'
import { type Hidden, hiddenOf, isEmptyReply, unsentReason } from './rounds.ts'
import { eligibleCandidates, leftOutCandidates, type Standing, standingOf } from './sift-candidates.ts'

/**
 * The next prompt of an epoch: the previous one as sent, its reply, and the new message with what was recalled for it
 * (SPEC.md, C3 and C14). Undefined where that does not fit beside the reply's reserve. Only new parts are counted.
 */
export function continueEpoch(
  input: AssembleInput,
  previous: NonNullable<AssembleInput['previous']>,
  message: Message,
  count: CountTokens,
): Manifest | undefined {
  const { template, windowTokens, path } = input
  const { manifest, reply } = previous
  const sameMessage = manifest.userMessageId === message.id
  const hidden = hiddenOf(input)
  const ledger = openLedger(input.named)
  ledger.carry(manifest, count(manifest.prompt.at(-1)?.text ?? ''), sameMessage)
  if (!sameMessage) {
    for (const said of path.slice(
      path.findLastIndex((m) => m.id === reply.id),
      -1,
    )) {
      if (!unsentReason(said, hidden)) ledger.add(layMessage(template, said, 'turns', saidWhy(said), count, true))
    }
  }
  const replyPart = layReply(template, input.continued, count)
  const reserve = replyReserve(windowTokens, input.sampling.maxOutputTokens)
  const available = windowTokens - reserve
  const carriedRecalled = ledger.tokensOf('recalled')
  const bareTokens = sameMessage ? 0 : layUserPart(input, message, [], count).tokens
  const free = available - ledger.tokens() - bareTokens - replyPart.tokens
  if (free < 0) return undefined

  const recalledRoom = Math.min(input.wishes?.budgets.recalled ?? Math.floor(free * shares.recalled), free)
  const recalled = sameMessage
    ? undefined
    : chooseRecalled(
        { ...input, lastNumber: ledger.last('recalled') },
        message,
        eligibleCandidates(input, new Map([...standingOf(ledger.items()), [message.id, 'M1']])),
        { tokens: recalledRoom, mostTokens: free },
        count,
      )
  if (recalled) ledger.add(recalled.part)
  ledger.add(replyPart)
  if (ledger.tokens() > available) return undefined

  const standing = standingOf(ledger.items())
  // A message that was only recalled stands in the window too, but not in its place on the branch.
  const asSaid = standingOf(ledger.items().filter((item) => item.kind === 'message'))
  const head = ledger.itemsOf('summary')[0]
  const everything = manifest.mode === 'everything-fits' && path.every((said) => isEmptyReply(said) || asSaid.has(said.id))
  const history = input.bySize &&
    manifest.history && {
      ...manifest.history,
      ...measureHistory(input, hidden, count),
      band: manifest.history.band === 'all' && !everything ? ('hybrid' as const) : manifest.history.band,
    }
  const most = (name: Manifest['sections'][number]['name']) =>
    manifest.sections.find((section) => section.name === name)?.budgetTokens ?? 0
  const others = ledger.tokens() - ledger.tokensOf('turns')
  return finishManifest(input, message, {
    epoch: { ...manifest.epoch, turn: manifest.epoch.turn + 1 },
    reserve,
    mode: everything ? 'everything-fits' : 'assembled',
    ...(history && { history }),
    ledger,
    budgets: {
      instructions: most('instructions'),
      you: most('you'),
      summary: most('summary'),
      turns: available - others,
      recalled: carriedRecalled + (recalled?.roomTokens ?? 0),
      message: available - ledger.tokensOf('instructions'),
    },
    dropped: [
      ...leftOutCandidates(input, standing, recalled, count),
      ...leftOutOfHead(input, ledger, { standing, asSaid, history }, count),
      ...leftOutMessages({
        path,
        to: firstStanding(path, asSaid, hidden),
        hidden,
        summary: head?.memoryId && input.summary?.id === head.memoryId ? input.summary : undefined,
        reasonFor: (): DropReason => ({ type: 'next-epoch' }),
        template,
        count,
      }),
    ],
    cachedInputTokens: cachedTokens(input, ledger.parts(), count),
  })
}

const saidWhy = ({ thought }: Message) =>
  thought ? `said in this epoch, after a thought of ${thought.tokens} tokens` : 'said in this epoch'

/** Memories that the frozen head does not hold. */
function leftOutOfHead(
  input: AssembleInput,
  ledger: Ledger,
  {
    standing,
    asSaid,
    history,
  }: { readonly standing: Standing; readonly asSaid: Standing; readonly history: History | undefined },
  count: CountTokens,
): DroppedItem[] {
  const inHead = new Set([...ledger.itemsOf('you'), ...ledger.itemsOf('summary')].map((item) => item.key))
  const isHidden = ({ id }: Memory) => input.wishes?.hidden.includes(id) ?? false
  const reasonFor = (memory: Memory): DropReason => {
    if (!input.memoryOn) return { type: 'memory-off' }
    if (isHidden(memory)) return { type: 'hidden' }
    const ref = standing.get(memory.id)
    if (ref !== undefined) return { type: 'in-window', ref }
    return supersession(memory) ?? { type: 'next-epoch' }
  }
  const dropped = input.you
    .filter(({ memory }) => !inHead.has(memory.id))
    .map(({ memory, text }) => leftOutMemory(memory, 'you', count(`\n- ${text}`), reasonFor(memory)))
  const { summary } = input
  if (!summary || inHead.has(summary.id)) return dropped
  const whole = summary.covers && asSaid.has(summary.covers.from) ? asSaid.get(summary.covers.upTo) : undefined
  const ref = standing.get(summary.id) ?? whole
  const out = (): DropReason => {
    if (isHidden(summary)) return { type: 'hidden' }
    if (ref !== undefined) return { type: 'in-window', ref }
    return history?.band === 'recall' ? { type: 'by-size', ratio: historyRatio(history) } : { type: 'next-epoch' }
  }
  return [...dropped, leftOutMemory(summary, 'summary', count(summary.text), out())]
}

/** Where the stretch of the path that stands in the prompt begins. */
function firstStanding(path: readonly Message[], standing: Standing, hidden: Hidden): number {
  let from = path.length
  for (let index = path.length - 1; index >= 0; index--) {
    const said = path[index]
    if (!said || !(standing.has(said.id) || unsentReason(said, hidden))) break
    if (standing.has(said.id)) from = index
  }
  return from
}
