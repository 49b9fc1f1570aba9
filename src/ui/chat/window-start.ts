import type { Message } from '#chat/message.ts'
import type { Manifest } from '#context/manifest.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'

/** Where the window begins on the branch: the first message that is in it as it was said. */
export type WindowStart = { readonly messageId: MessageId; readonly summaryId?: MemoryId }

/**
 * Reads from a receipt where the window begins; undefined when the whole branch is in it, or nothing of what is loaded.
 * `complete`: the messages given begin with the conversation's first one.
 */
export function windowStart(manifest: Manifest, messages: readonly Message[], complete: boolean): WindowStart | undefined {
  if (manifest.mode === 'everything-fits') return undefined
  const inWindow = new Set(
    manifest.sections
      .filter(({ name }) => name === 'turns' || name === 'message')
      .flatMap(({ items }) => items.map(({ messageId }) => messageId)),
  )
  const at = messages.findIndex(({ id }) => inWindow.has(id))
  const first = messages[at]
  if (!first || (at === 0 && complete)) return undefined
  const summary = manifest.sections.find(({ name }) => name === 'summary')?.items.find(({ memoryId }) => memoryId)
  return summary?.memoryId ? { messageId: first.id, summaryId: summary.memoryId } : { messageId: first.id }
}
