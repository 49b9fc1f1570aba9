import type { TokenPiece } from '#ports/token-counter.ts'

/**
 * Where the tokens of a text begin, found by decoding them one after the other: those that hold a part of a character only
 * are taken together until they spell what stands in the text. What no decoding gives back stays in one piece, so that
 * joined the pieces are the text whatever the tokenizer does.
 */
export function tokenPieces(text: string, ids: readonly number[], decode: (ids: number[]) => string): readonly TokenPiece[] {
  const pieces: TokenPiece[] = []
  let done = 0
  let held: number[] = []
  for (const id of ids) {
    held.push(id)
    const words = decode(held)
    if (words === '' || !text.startsWith(words, done)) continue
    pieces.push({ text: words, tokens: held.length })
    done += words.length
    held = []
  }
  if (done < text.length || held.length > 0) pieces.push({ text: text.slice(done), tokens: held.length })
  return pieces
}
