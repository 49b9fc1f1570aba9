import type { AssembleInput, CountTokens } from './assemble-input.ts'
import { layMessage } from './lay-message.ts'
import type { History, Manifest } from './manifest.ts'
import { type Hidden, unsentReason } from './rounds.ts'

/** What the branch holds before the newest message. Only what the last receipt does not tell is counted. */
export function measureHistory(
  { path, pathComplete, previous, model, template, bySize }: AssembleInput,
  hidden: Hidden,
  count: CountTokens,
): Pick<History, 'tokens' | 'estimated'> {
  const told = toldBy(previous?.manifest, model.tokenizerId)
  const from = told ? path.findIndex(({ id }) => id === told.userMessageId) : -1
  const known = from < 0 ? undefined : told?.history
  const tokens = path
    .slice(Math.max(0, from), -1)
    .reduce((sum, said) => sum + (unsentReason(said, hidden) ? 0 : layMessage(template, said, 'turns', '', count).tokens), 0)
  if (known) return { ...(known.estimated && { estimated: true }), tokens: known.tokens + tokens }
  return pathComplete ? { tokens } : { tokens: (bySize?.earlierTokens ?? 0) + tokens, estimated: true }
}

function toldBy(manifest: Manifest | undefined, tokenizerId: string) {
  return manifest?.history && manifest.model.tokenizerId === tokenizerId
    ? { history: manifest.history, userMessageId: manifest.userMessageId }
    : undefined
}

/** How many times its room the history takes; more than 1 where it does not fit. */
export function historyRatio({ tokens, roomTokens }: Pick<History, 'tokens' | 'roomTokens'>): number {
  return tokens / Math.max(1, roomTokens)
}

/**
 * What stands for the history under a new head (ConvoMem, paper #45: full context first, then both, then retrieval alone; the
 * ratio and its borders are ours). The summary stays where nothing can be recalled, and where the user set its room or that of the
 * turns: a smaller room that was wished for says nothing of the history.
 */
export function bandOf(
  { bySize, memoryOn, wishes }: Pick<AssembleInput, 'bySize' | 'memoryOn' | 'wishes'>,
  ratio: number,
  everything: boolean,
): History['band'] {
  if (everything) return 'all'
  const wanted = wishes?.budgets.summary !== undefined || wishes?.budgets.turns !== undefined
  return memoryOn && !wanted && ratio > (bySize?.recallAbove ?? Number.POSITIVE_INFINITY) ? 'recall' : 'hybrid'
}

const numbers = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** The size of the history and what follows from it, in words. */
export function describeHistory(history: History): string {
  if (history.band === 'all') return 'The whole history fits its room in the window: all of it is sent.'
  const times = `${history.estimated ? 'about ' : ''}${numbers.format(Math.max(1, historyRatio(history)))}`
  const stands = history.band === 'hybrid' ? 'a summary and recall stand for it' : 'recall alone stands for it'
  return `The history is ${times} times its room in the window: ${stands}.`
}
