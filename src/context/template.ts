/**
 * A chat template as data: what stands before and after each message. This covers the templates of every
 * model family in the catalogue (ChatML, Llama 3, Gemma, Phi), so no template language is interpreted.
 */
export type ChatTemplate = {
  /** Written once at the very start, e.g. `<|begin_of_text|>`; empty where the family has none. */
  readonly start: string
  readonly system: Affix
  readonly user: Affix
  readonly assistant: Affix
  /**
   * Where the model thinks in writing before it answers: what opens its thought, which is written for it, and what it closes
   * it with. Other replies, and those of earlier epochs, stand without a thought.
   */
  readonly thought?: { readonly open: string; readonly close: string }
  /** Texts that end the assistant's turn when the model writes them. */
  readonly stop: readonly string[]
  /** Control tokens that must not be forged by message text. */
  readonly controlTokens: readonly string[]
}

export type Affix = { readonly before: string; readonly after: string }

/** One chat message as the engine gets it: already templated. Engines tokenize each part by itself and join the tokens. */
export type PromptPart = { readonly role: 'system' | 'user' | 'assistant' | 'reply'; readonly text: string }
