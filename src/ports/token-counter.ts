/** Exact token counts on the page's side, for assembly before the engine sees the prompt. Deterministic and synchronous. */
export interface TokenCounter {
  /** The tokenizer's id, stored beside every count made with it. */
  readonly tokenizerId: string
  /** Tokens of a text, control tokens recognised. */
  count(text: string): number
}
