/**
 * Ranks 1, 3, 5 … from the front and 2, 4, 6 … from the back, so that the strongest stand at both ends and the weakest in the
 * middle, where models look least (Lost in the Middle, paper #75). Never for what stands in order of time.
 */
export function endsFirst<One>(ranked: readonly One[]): readonly One[] {
  const front = ranked.filter((_, index) => index % 2 === 0)
  const back = ranked.filter((_, index) => index % 2 === 1)
  return [...front, ...back.toReversed()]
}
