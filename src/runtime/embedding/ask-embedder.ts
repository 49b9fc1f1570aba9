import { type TextVector, textVector } from '#memory/text-vector.ts'
import type { Embedder } from '#ports/embedder.ts'

/** Milliseconds that a turn waits for the vector of its question. */
const askLimitMs = 150

export type AskedVector = { readonly state: 'used'; readonly vector: TextVector } | { readonly state: 'late' | 'failed' }

/**
 * Asks for the vector of what the user is about to send. The last answer is kept: the preview asks while the user types, so
 * that at sending it is usually there.
 */
export interface Asker {
  ask(text: string): Promise<AskedVector>
}

/** @param prefix what the model's makers want before a question */
export function createAsker(embedder: Embedder, prefix = ''): Asker {
  const never = new AbortController().signal
  let last: { readonly text: string; readonly answer: Promise<AskedVector>; readonly until: number } | undefined

  async function embed(text: string): Promise<AskedVector> {
    try {
      const [direction] = await embedder.embed([prefix + text], never)
      const vector = direction && textVector(direction)
      return vector ? { state: 'used', vector } : { state: 'failed' }
    } catch {
      // The receipt says so; what is wrong with the embedder is told where it is loaded.
      return { state: 'failed' }
    }
  }

  return {
    ask(text) {
      // A turn may ask several times for one text: together they wait no longer than once.
      if (last?.text !== text) last = { text, answer: embed(text), until: performance.now() + askLimitMs }
      const leftMs = Math.max(0, last.until - performance.now())
      return Promise.race([
        last.answer,
        new Promise<AskedVector>((resolve) => setTimeout(() => resolve({ state: 'late' }), leftMs)),
      ])
    },
  }
}
