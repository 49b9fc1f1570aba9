import type { Ask, CallReport } from '#memory/ask.ts'
import { extractByRules } from '#memory/extract-by-rules.ts'
import { reconcile } from '#memory/reconcile.ts'
import type { Branch } from '../summaries/one-branch.ts'

/**
 * What the model says of facts that rules read where no rule knows whether they are new (rule M23). In the product they are then
 * added without asking; the model is asked about its own alone, and those of this one are hardly ever near a known one.
 */
export async function measureSettling({ conversation, messages }: Branch, ask: Ask): Promise<CallReport> {
  const last = messages.at(-1)
  const { calls } = await reconcile({
    drafts: extractByRules(messages),
    memories: [],
    now: last?.createdAt ?? 0,
    cause: { type: 'epoch-closed', conversationId: conversation.id, reason: 'pressure' },
    ask,
  })
  return calls
}
