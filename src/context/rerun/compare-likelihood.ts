import type { ScoredToken } from '#context/selective/phrase-information.ts'

/** How likely one text is after two prompts. Logarithms are natural, per token they are means. */
export type LikelihoodChange = {
  readonly tokens: number
  /** log p after the second prompt less log p after the first: below 0 where the text became less likely. */
  readonly difference: number
  readonly perToken: { readonly before: number; readonly after: number }
}

/** The same text scored after two prompts; undefined for a text without a token. */
export function compareLikelihood(before: readonly ScoredToken[], after: readonly ScoredToken[]): LikelihoodChange | undefined {
  const tokens = before.length
  if (tokens === 0 || after.length !== tokens) return undefined
  const [was, is] = [sum(before), sum(after)]
  return { tokens, difference: is - was, perToken: { before: was / tokens, after: is / tokens } }
}

function sum(tokens: readonly ScoredToken[]): number {
  return tokens.reduce((total, { logProbability }) => total + logProbability, 0)
}
