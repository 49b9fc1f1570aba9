import type { ChatBatch } from '#ports/chat-importer.ts'
import { factOps } from './fact-ops.ts'
import type { toProduct } from './to-product.ts'

export type Product = ReturnType<typeof toProduct>

/** Limits of a batch: it is stored in one go, which must not hold up the page. */
const longestMessages = 160
const longestCharacters = 200_000

/** Gathers conversations into batches of about the same size, long ones in pieces; hands each on once it is full. */
export function batchConversations(hand: (batch: ChatBatch) => void): {
  add(product: Product, facts: { readonly at: number } | undefined): void
  flush(): void
} {
  let pieces: Product[] = []
  let ops: ChatBatch['ops'] = []
  let messages = 0
  let characters = 0

  function flush(): void {
    if (pieces.length > 0) hand({ conversations: pieces, ops })
    pieces = []
    ops = []
    messages = 0
    characters = 0
  }

  return {
    flush,
    add({ conversation, messages: all }, facts) {
      let piece: Product['messages'][number][] = []
      const close = () => {
        if (piece.length > 0) pieces.push({ conversation, messages: piece })
        if (facts) ops = [...ops, ...factOps(piece, facts.at)]
        piece = []
      }
      for (const message of all) {
        piece.push(message)
        messages++
        characters += message.text.length
        if (messages >= longestMessages || characters >= longestCharacters) {
          close()
          flush()
        }
      }
      close()
    },
  }
}
