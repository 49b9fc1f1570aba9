import type { TokenScore } from '#ports/engine.ts'

/** The tokens that the unigram half spreads itself over beyond those it has seen. */
const unseen = 4096

/**
 * What the scripted engine gives each token of a text: half of it goes to the token that the script would write there, as long
 * as the text follows the script; the other half to tokens by how often they stood before, smoothed by one. Deterministic, and
 * never more than one in all.
 */
export function scriptedScores(
  before: readonly string[],
  tokens: readonly string[],
  expected: readonly string[],
): readonly TokenScore[] {
  const counts = new Map<string, number>()
  let seen = 0
  const see = (token: string) => {
    counts.set(token, (counts.get(token) ?? 0) + 1)
    seen++
  }
  for (const token of before) see(token)
  let follows = true
  return tokens.map((token, at) => {
    const frequent = ((counts.get(token) ?? 0) + 1) / (seen + unseen)
    const scripted = follows && expected[at] === token
    follows = scripted
    see(token)
    return { text: token, logProbability: Math.log((scripted ? 0.5 : 0) + 0.5 * frequent) }
  })
}
