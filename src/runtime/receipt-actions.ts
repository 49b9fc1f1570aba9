import type { Actions } from './actions.ts'
import { findModel } from './find-model.ts'
import { attempt, type Runtime } from './runtime.ts'

type ReceiptActions = Pick<Actions, 'tokenPieces' | 'readTape' | 'recentPrompts'>

/** What can be asked of receipts. */
export function receiptActions(runtime: Runtime): ReceiptActions {
  const { services } = runtime
  return {
    async readTape() {
      let frames: Awaited<ReturnType<Actions['readTape']>> = []
      await attempt(runtime, async () => {
        frames = await (await import('./read-tape.ts')).readTape(runtime)
      })
      return frames
    },
    async recentPrompts(conversationId) {
      let prompts: Awaited<ReturnType<Actions['recentPrompts']>>
      await attempt(runtime, async () => {
        prompts = await (await import('./recent-prompts.ts')).recentPrompts(runtime, conversationId)
      })
      return prompts
    },
    async tokenPieces({ model: { tokenizerId }, prompt }) {
      let pieces: Awaited<ReturnType<Actions['tokenPieces']>>
      await attempt(runtime, async () => {
        const model = await findModel(services, (known) => known.tokenizerId === tokenizerId)
        const loaded = runtime.counter?.tokenizerId === tokenizerId ? runtime.counter : undefined
        const counter = loaded ?? (model && (await services.loadTokenCounter(model, new AbortController().signal)))
        // Engines tokenize each part by itself.
        pieces = counter && prompt.map(({ text }) => counter.pieces(text))
      })
      return pieces
    },
  }
}
