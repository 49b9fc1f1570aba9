import type { Message } from '#chat/message.ts'
import type { Memory } from '#memory/memory.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import { pressureTokens } from './budget.ts'
import type { EpochDecision } from './epoch.ts'
import type { EpochReason, Manifest } from './manifest.ts'
import { neutralise } from './neutralise.ts'
import { isEmptyReply } from './rounds.ts'

/** A pause after which the next head is laid, if memory has something new for it: 30 minutes. */
export const pauseMs = 30 * 60_000

/** What the decision looks at; `AssembleInput` without what only assembly needs. */
export type DecideInput = Pick<
  AssembleInput,
  'createdAt' | 'model' | 'template' | 'windowTokens' | 'instructions' | 'path' | 'summary' | 'previous'
> & {
  /** When the user last changed memory by hand. */
  readonly memoryEditedAt?: number
}

/** Whether the next prompt goes on with the epoch of the last reply; if not, the first reason that holds, most binding first. */
export function decideEpoch(input: DecideInput, count: CountTokens): EpochDecision {
  const broken = breaksEpoch(input)
  if (broken) return { type: 'new', reason: broken }
  const { previous } = input
  if (!previous) return { type: 'new', reason: 'first-turn' }
  const { manifest, reply } = previous
  if (input.memoryEditedAt !== undefined && input.memoryEditedAt > manifest.createdAt)
    return { type: 'new', reason: 'memory-edited' }
  if (usedTokens(manifest, manifest.actual?.outputTokens ?? count(reply.text)) >= pressureTokens(input.windowTokens)) {
    return { type: 'new', reason: 'pressure' }
  }
  if (input.createdAt - reply.createdAt > pauseMs && hasNews(manifest, input.summary)) return { type: 'new', reason: 'pause' }
  return { type: 'continue' }
}

/** Whether a prompt and its reply fill so much of the window that the epoch is to be closed. */
export function isUnderPressure(manifest: Manifest): boolean {
  return usedTokens(manifest, manifest.actual?.outputTokens ?? 0) >= manifest.window.pressure
}

function usedTokens(manifest: Manifest, outputTokens: number): number {
  return manifest.predicted.inputTokens + outputTokens
}

/** Why the next prompt cannot begin with the previous one, whatever is decided; undefined where it can. */
export function breaksEpoch(input: Omit<DecideInput, 'createdAt' | 'summary'>): EpochReason | undefined {
  const { previous, model, template } = input
  if (!previous) return 'first-turn'
  const { manifest, reply } = previous
  if (manifest.model.id !== model.id || manifest.model.engine !== model.engine) return 'model-changed'
  if (manifest.model.tokenizerId !== model.tokenizerId) return 'model-changed'
  const opening = manifest.prompt.at(-1)?.text ?? ''
  if (!opening.startsWith(template.assistant.before) || !(manifest.prompt[0]?.text ?? '').startsWith(template.start))
    return 'model-changed'
  if (manifest.window.size !== input.windowTokens) return 'settings-changed'
  const held = manifest.sections.find((section) => section.name === 'instructions')?.items[0]?.text ?? ''
  const head = template.start + template.system.before
  if (held !== neutralise(input.instructions, template, input.instructions === '' ? '' : head).text) return 'settings-changed'
  return onBranch(input.path, manifest, reply) && goesOn(template, opening, reply) ? undefined : 'branch-changed'
}

/** The previous prompt answers a message of this branch, and its reply stands on it with words in it. */
function onBranch(path: readonly Message[], manifest: Manifest, reply: Message): boolean {
  if (manifest.replyId !== reply.id || isEmptyReply(reply)) return false
  const newest = path.at(-1)
  if (newest?.id === manifest.userMessageId) return true
  const at = path.findLastIndex((message) => message.id === reply.id)
  return at > 0 && path.findLastIndex((message, index) => index < at && message.id === manifest.userMessageId) >= 0
}

/** The reply as a turn begins with the opening as it was sent, and with the text that it went on with. */
function goesOn(template: DecideInput['template'], opening: string, reply: Message): boolean {
  const { before } = template.assistant
  return (before + neutralise(reply.text, template, before).text).startsWith(opening)
}

/** A summary that is not in the head, where turns were already left out: a new head says more in less room. */
function hasNews(manifest: Manifest, summary: Memory | undefined): boolean {
  if (!summary || manifest.mode === 'everything-fits') return false
  return !manifest.sections.some((section) => section.items.some((item) => item.key === summary.id))
}
