import type { CountTokens } from './assemble-input.ts'
import type { PartPlan } from './part-writer.ts'

export type CountedPart = PartPlan & {
  readonly tokens: number /** One count for each piece; they sum to `tokens`. */
  readonly pieceTokens: readonly number[]
}

/**
 * Counts a part and shares its tokens among its pieces. The total is the count of the whole text, which is what the
 * engine reads. A piece gets what it adds to the piece before it, so that a token that merges across a border, or one
 * that the tokenizer puts before every text, is not counted twice; the running sum is kept between 0 and the total and
 * the last piece gets the rest. So the shares are never negative and sum exactly, for any tokenizer, at a cost linear in
 * the text.
 */
export function countPart(plan: PartPlan, count: CountTokens): CountedPart {
  const { text } = plan.part
  const tokens = count(text)
  const pieceTokens: number[] = []
  let sum = 0
  let contextFrom = 0
  plan.pieces.forEach((piece, index) => {
    const last = index === plan.pieces.length - 1
    const added = last
      ? tokens
      : piece.to === piece.from
        ? 0
        : count(text.slice(contextFrom, piece.to)) - (piece.from > contextFrom ? count(text.slice(contextFrom, piece.from)) : 0)
    const share = last ? tokens - sum : Math.min(Math.max(0, added), tokens - sum)
    pieceTokens.push(share)
    sum += share
    contextFrom = piece.from
  })
  return { ...plan, tokens, pieceTokens }
}
