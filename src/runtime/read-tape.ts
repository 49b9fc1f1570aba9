import type { Manifest } from '#context/manifest.ts'
import { type TapeFrame, tapeOf } from '#context/tape.ts'
import type { MessageId } from '#shared/ids.ts'
import { type Runtime, repositoryOf } from './runtime.ts'

/** Receipts read at once. */
const batch = 50

/** The tape of the open conversation's branch. Receipts hold whole prompts: of each only its frame is kept. */
export async function readTape(runtime: Runtime): Promise<readonly TapeFrame[]> {
  const conversation = runtime.store.getState().open?.conversation
  if (!conversation?.headId) return []
  const repository = repositoryOf(runtime, conversation)
  const { messages } = await repository.pathTail(conversation.id, conversation.headId, Number.MAX_SAFE_INTEGER)
  const light = new Map<MessageId, Manifest>()
  const replies = messages.filter(({ role }) => role === 'assistant')
  for (let from = 0; from < replies.length; from += batch) {
    const read = replies.slice(from, from + batch).map(({ id }) => repository.getManifest(id).catch(() => undefined))
    for (const manifest of await Promise.all(read))
      if (manifest) light.set(manifest.replyId, { ...manifest, prompt: [], dropped: [], sections: withoutWords(manifest) })
  }
  return tapeOf(messages, light)
}

function withoutWords({ sections }: Manifest): Manifest['sections'] {
  return sections.map((section) => ({ ...section, items: section.name === 'summary' ? section.items.slice(0, 1) : [] }))
}
