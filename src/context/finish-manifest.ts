import type { Message } from '#chat/message.ts'
import { hasWishes } from '#chat/prompt-wishes.ts'
import type { AssembleInput } from './assemble-input.ts'
import { pressureTokens, replyReserve } from './budget.ts'
import type { Ledger } from './ledger.ts'
import type { DroppedItem, DropReason, History, Manifest, SectionName } from './manifest.ts'

export type Outcome = {
  readonly epoch: Manifest['epoch']
  readonly reserve: number
  readonly mode: Manifest['mode']
  readonly history?: History
  readonly ledger: Ledger
  readonly budgets: Readonly<Record<SectionName, number>>
  readonly dropped: readonly DroppedItem[]
  readonly cachedInputTokens: number
}

/** Writes the record of a prompt. */
export function finishManifest(input: AssembleInput, message: Message, outcome: Outcome): Manifest {
  const { ledger } = outcome
  const inputTokens = ledger.tokens()
  const maxOutputTokens = Math.min(input.sampling.maxOutputTokens, Math.max(1, input.windowTokens - inputTokens))
  return {
    schema: 'longhand.manifest',
    version: 1,
    replyId: input.replyId,
    userMessageId: message.id,
    conversationId: input.conversationId,
    createdAt: input.createdAt,
    epoch: outcome.epoch,
    model: input.model,
    sampling: { ...input.sampling, maxOutputTokens },
    ...(input.template.thought ? { thinking: true } : {}),
    window: {
      size: input.windowTokens,
      reserve: outcome.reserve,
      pressure: pressureTokens(input.windowTokens, replyReserve(input.windowTokens, input.sampling.maxOutputTokens)),
      ...(input.rolling && { rolling: input.rolling }),
    },
    mode: outcome.mode,
    ...(outcome.history ? { history: outcome.history } : {}),
    ...(input.profile === undefined ? {} : { profile: input.profile }),
    ...(input.readMode === undefined || input.readMode === 'direct' ? {} : { readMode: input.readMode }),
    ...(input.continued ? { continues: input.continued.id } : {}),
    ...(input.wishes && hasWishes(input.wishes) ? { wishes: input.wishes } : {}),
    prompt: ledger.parts(),
    sections: ledger.sections(outcome.budgets),
    dropped: nearestFirst(outcome.dropped),
    threshold: input.threshold,
    ...(input.confidence === undefined ? {} : { confidence: input.confidence }),
    ...(input.embedder ? { embedder: input.embedder } : {}),
    // The last token is read in any case: the reply begins with what the engine makes of it.
    predicted: { inputTokens, cachedInputTokens: Math.max(0, Math.min(outcome.cachedInputTokens, inputTokens - 1)) },
  }
}

const ranks: Record<DropReason['type'], number> = {
  'no-room': 0,
  'below-threshold': 1,
  'next-epoch': 2,
  superseded: 3,
  hidden: 4,
  'memory-off': 5,
  'by-size': 6,
  folded: 7,
  'in-window': 8,
  empty: 9,
}

/** Nearest to entering first: by the tokens, then by the score that were missing. */
function nearestFirst(dropped: readonly DroppedItem[]): DroppedItem[] {
  return [...dropped].sort((a, b) => ranks[a.reason.type] - ranks[b.reason.type] || missing(a.reason) - missing(b.reason))
}

function missing(reason: DropReason): number {
  if (reason.type === 'no-room') return reason.neededTokens - reason.availableTokens
  if (reason.type === 'below-threshold') return reason.threshold - reason.score
  return 0
}
