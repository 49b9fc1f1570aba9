import { EngineError } from '#ports/engine.ts'

/** Tokens of BERT's vocabularies that stand for no text. */
export type SpecialTokens = { readonly first: number; readonly last: number; readonly all: ReadonlySet<number> }

/**
 * Finds them by their names, through a tokenizer that may put first and last around every text itself, and may fill it up with
 * padding after them: tokenizer.json says whether, and the embedders that are published differ in it.
 */
export function specialTokens(encode: (text: string) => readonly number[]): SpecialTokens {
  const first = encode('[CLS]')[0]
  const last = encode('[SEP]').find((id) => id !== first)
  if (first === undefined || last === undefined)
    throw new EngineError('internal', 'The tokenizer of this embedder has no tokens for begin and end.')
  const others = ['[PAD]', '[MASK]'].flatMap((name) => encode(name))
  return { first, last, all: new Set([first, last, ...others]) }
}

/**
 * The tokens that an embedder reads of a text: its beginning, up to `most`, between the first and the last token. Special ones
 * that stand in the text itself are left out, so that none of it is taken for its end.
 */
export function aroundText(ids: readonly number[], { first, last, all }: SpecialTokens, most: number): number[] {
  const own = ids.filter((id) => !all.has(id))
  return [first, ...own.slice(0, most - 2), last]
}
