/** A score as the receipt writes it: `.43`, `1.20`. */
export function formatScore(score: number, digits = 2): string {
  return score.toFixed(digits).replace(/^(-?)0\./, '$1.')
}
