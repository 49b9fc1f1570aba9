import type { Manifest } from '#context/manifest.ts'
import { planOf, writesSummary } from '#strategies/profiles.ts'
import { checkJson } from './check-json.ts'
import { foldBranch } from './fold-branch.ts'
import { prepareTurn, type TurnRequest } from './prepare-turn.ts'
import type { Runtime } from './runtime.ts'

/**
 * The manifest of a turn that is sent. Where a new head would leave out turns that no summary covers (the user was faster
 * than the job after the last reply, or wrote more than there was room for), they are first taken in by extraction, which
 * takes milliseconds, and the head is laid with that summary.
 */
export async function layTurn(runtime: Runtime, turn: TurnRequest): Promise<Manifest> {
  checkJson(runtime.store.getState().settings, turn)
  const { manifest } = await prepareTurn(runtime, turn)
  const headId = turn.path.at(-2)?.id
  const { conversation } = turn
  const { settings } = runtime.store.getState()
  if (!headId || conversation.temporary || !conversation.memory || !settings.memory || !leavesOutUncovered(manifest))
    return manifest
  if (!writesSummary(planOf(conversation.profile))) return manifest
  await foldBranch(runtime, {
    conversation,
    headId,
    windowTokens: turn.loaded.windowTokens,
    cause: { type: 'epoch-closed', conversationId: conversation.id, reason: manifest.epoch.reason },
    job: `turn:${manifest.userMessageId}`,
  })
  return (await prepareTurn(runtime, turn)).manifest
}

function leavesOutUncovered({ epoch, dropped, history }: Manifest): boolean {
  // Where recall alone stands for the history, a newer summary would not be laid: the job after the reply writes it.
  if (epoch.turn > 1 || epoch.reason !== 'pressure' || history?.band === 'recall') return false
  return dropped.some(({ section, reason }) => section === 'turns' && reason.type === 'no-room')
}
