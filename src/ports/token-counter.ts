/** Tokens that stand for one stretch of a text: one, or as many as it takes to hold a whole character. */
export type TokenPiece = { readonly text: string; readonly tokens: number }

/** Exact token counts on the page's side, for assembly before the engine sees the prompt. Deterministic and synchronous. */
export interface TokenCounter {
  /** The tokenizer's id, stored beside every count made with it. */
  readonly tokenizerId: string
  /** Texts that are one control token each wherever they stand; no message may write them. */
  readonly controlTokens: readonly string[]
  /** Its counts are guesses by the length of the text: the model's tokenizer is not here. */
  readonly estimates?: true
  /** Tokens of a text, control tokens recognised. */
  count(text: string): number
  /** A text cut at its tokens: joined it is the text again, and the tokens sum to its count. */
  pieces(text: string): readonly TokenPiece[]
}
