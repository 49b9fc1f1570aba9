import type { Message } from '#chat/message.ts'
import { textVector } from '#memory/text-vector.ts'
import type { Embedder } from '#ports/embedder.ts'
import { EngineError } from '#ports/engine.ts'
import type { RetrievalIndex } from '#ports/retrieval.ts'
import type { StoredVector, VectorRepository } from '#ports/storage.ts'

/** Texts between two looks at whether the user came back; each takes a tenth of a second or so. */
const step = 4

type Parts = {
  readonly embedderId: string
  readonly embedder: Embedder
  readonly vectors: VectorRepository
  readonly retrieval: RetrievalIndex
  /** Resolves when nothing else wants the processor; its signal aborts as soon as something does. */
  readonly idle: () => Promise<AbortSignal>
}

/**
 * Gives what the user said its vectors: those that were made before from storage, the others one after the other in idle time.
 * Replies are most of the text and little of what is asked for later: they have none. Resolves when all have theirs, or `stop` aborted.
 */
export async function embedMessages(parts: Parts, messages: readonly Message[], stop: AbortSignal): Promise<void> {
  const { embedderId, embedder, vectors, retrieval, idle } = parts
  const said = messages.filter(({ role }) => role === 'user')
  const known = await vectors.get(
    embedderId,
    said.map(({ id }) => id),
  )
  await retrieval.setEmbeddings(known)
  const done = new Set(known.map(({ id }) => id))
  const missing = said.filter(({ id, text }) => !done.has(id) && text.trim() !== '')
  for (let at = 0; at < missing.length; ) {
    const some = missing.slice(at, at + step)
    const quiet = await idle()
    if (stop.aborted) return
    try {
      const made = await embedder.embed(
        some.map(({ text }) => text),
        AbortSignal.any([quiet, stop]),
      )
      const entries = some.flatMap(({ id, conversationId }, index): StoredVector[] => {
        const direction = made[index]
        const vector = direction && textVector(direction)
        return vector ? [{ id, conversationId, vector }] : []
      })
      await vectors.put(embedderId, entries)
      await retrieval.setEmbeddings(entries)
      at += step
    } catch (error) {
      // The user came back: these are made when it is quiet again.
      if (!(error instanceof EngineError && error.type === 'aborted')) throw error
      if (stop.aborted) return
    }
  }
}
