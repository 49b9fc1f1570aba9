import type { TokenCounter } from '#ports/token-counter.ts'

/** The marks of the scripted model's template; each counts one token. */
export const scriptedControlTokens = ['<|im_start|>', '<|im_end|>', '<|endoftext|>'] as const

const pattern = /<\|im_start\|>|<\|im_end\|>|<\|endoftext\|>| ?[\p{L}\p{N}\p{M}]{1,6}|[\s\S]/gu

/**
 * The scripted engine's tokenizer. A control token is one token; a run of letters, marks and digits is cut into pieces of
 * six, the first of which takes one space before it; every other character is a token of its own. Joined, the tokens are
 * the text again, whatever it holds.
 */
export function scriptedTokens(text: string): string[] {
  return text.match(pattern) ?? []
}

/** Counts as the scripted engine counts. */
export const scriptedCounter: TokenCounter = {
  tokenizerId: 'scripted',
  controlTokens: scriptedControlTokens,
  count: (text) => scriptedTokens(text).length,
  pieces: (text) => scriptedTokens(text).map((token) => ({ text: token, tokens: 1 })),
}
