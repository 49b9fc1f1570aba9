import type { Message } from '#chat/message.ts'
import type { Memory } from '#memory/memory.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { EpochDecision } from './epoch.ts'
import type { EpochReason, Manifest } from './manifest.ts'
import { neutralise } from './neutralise.ts'
import { wishesBreak } from './wishes-break.ts'
import { sentReply } from './write-reply.ts'

/** A pause after which the next head is laid, if memory has something new for it: 30 minutes. */
const pauseMs = 30 * 60_000

/** What must be the same for a prompt to begin with the previous one. */
export type Ground = Pick<
  AssembleInput,
  'model' | 'template' | 'windowTokens' | 'instructions' | 'path' | 'previous' | 'continued'
> &
  Partial<Pick<AssembleInput, 'memoryOn' | 'profile' | 'wishes'>>

export type DecideInput = Ground &
  Pick<AssembleInput, 'createdAt' | 'summary'> & {
    /** When the user last changed memory by hand. */
    readonly memoryEditedAt?: number
    /** There are lines for the head that hold only after a pause: plans whose time went on. */
    readonly due?: boolean
  }

/** Whether the next prompt goes on with the epoch of the last reply; if not, the first reason that holds, most binding first. */
export function decideEpoch(input: DecideInput, count: CountTokens): EpochDecision {
  const { previous, createdAt } = input
  const broken = breaksEpoch(input)
  if (broken || !previous) return { type: 'new', reason: broken ?? 'first-turn' }
  const { manifest, reply } = previous
  if (input.memoryEditedAt !== undefined && input.memoryEditedAt > manifest.createdAt)
    return { type: 'new', reason: 'memory-edited' }
  const written = manifest.actual?.outputTokens ?? count(reply.text)
  if (usedTokens(manifest, written) >= manifest.window.pressure) return { type: 'new', reason: 'pressure' }
  if (createdAt - reply.createdAt > pauseMs && (input.due || hasNews(manifest, input.summary)))
    return { type: 'new', reason: 'pause' }
  return { type: 'continue' }
}

/** Whether a prompt and its reply fill so much of the window that the epoch is to be closed. */
export function isUnderPressure(manifest: Manifest): boolean {
  return usedTokens(manifest, manifest.actual?.outputTokens ?? 0) >= manifest.window.pressure
}

function usedTokens(manifest: Manifest, outputTokens: number): number {
  return (manifest.actual?.inputTokens ?? manifest.predicted.inputTokens) + outputTokens
}

/** Why the next prompt cannot begin with the previous one, whatever is decided; undefined where it can. */
export function breaksEpoch(input: Ground): EpochReason | undefined {
  const { model, template } = input
  if (!input.previous) return 'first-turn'
  const previous = input.previous.manifest
  const [user, reply] = previous.prompt.slice(-2)
  const opening = reply?.text ?? ''
  if (
    previous.model.id !== model.id ||
    previous.model.engine !== model.engine ||
    previous.model.tokenizerId !== model.tokenizerId
  ) {
    return 'model-changed'
  }
  if ((previous.thinking ?? false) !== (template.thought !== undefined)) return 'settings-changed'
  const sameTemplate =
    opening.startsWith(template.assistant.before) &&
    previous.prompt[0]?.text.startsWith(template.start) &&
    user?.text.startsWith(template.user.before) &&
    user.text.endsWith(template.user.after)
  if (!sameTemplate) return 'model-changed'
  if (previous.window.size !== input.windowTokens || heldInstructions(previous) !== asSent(input)) return 'settings-changed'
  if (input.memoryOn === false && holdsMemory(previous)) return 'settings-changed'
  if (previous.profile !== input.profile) return 'profile-changed'
  if (wishesBreak(previous, saidSince(input.previous.reply, input), input.wishes)) return 'plan-changed'
  const after = replyAfter(previous, input)
  if (after === 'none') return 'branch-changed'
  return sentReply(template, after).startsWith(opening) ? undefined : 'branch-changed'
}

/** What was said from the last reply on, but for the new message. */
function saidSince(reply: Message, { path }: Ground): readonly Message[] {
  const from = path.findLastIndex(({ id }) => id === reply.id)
  return from < 0 ? [] : path.slice(from, -1)
}

/** What the user switched off may not stand on in the prompts that follow. */
function holdsMemory(manifest: Manifest): boolean {
  return manifest.sections.some(({ name, items }) => (name === 'you' || name === 'recalled') && items.length > 0)
}

function heldInstructions(manifest: Manifest): string {
  return manifest.sections.find((section) => section.name === 'instructions')?.items[0]?.text ?? ''
}

function asSent({ instructions, template }: Ground): string {
  return neutralise(instructions, template, template.start + template.system.before).text
}

/**
 * What follows the previous prompt on this branch: its reply or, where the same message is answered again, the one to go on
 * with, if any. `none` where the branch holds neither, or a reply without a word, which no prompt can stand on.
 */
function replyAfter(previous: Manifest, { path, continued }: Ground): Message | undefined | 'none' {
  if (path.at(-1)?.id === previous.userMessageId) return continued
  const at = path.findLastIndex((message) => message.id === previous.replyId)
  const asked = path.findLastIndex((message, index) => index < at && message.id === previous.userMessageId)
  const reply = path[at]
  return asked >= 0 && reply && reply.text !== '' ? reply : 'none'
}

/** A summary that is not in the head, where turns were already left out: a new head says more in less room. */
function hasNews(manifest: Manifest, summary: Memory | undefined): boolean {
  if (!summary || manifest.mode === 'everything-fits' || manifest.history?.band === 'recall') return false
  return !manifest.sections.some((section) => section.items.some((item) => item.key === summary.id))
}
