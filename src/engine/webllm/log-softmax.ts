/** Natural logarithm of the probability that logits give to the token `at`: log softmax, in double precision, without overflow. */
export function logSoftmax(logits: ArrayLike<number>, at: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let index = 0; index < logits.length; index++) most = Math.max(most, logits[index] ?? most)
  let sum = 0
  for (let index = 0; index < logits.length; index++) sum += Math.exp((logits[index] ?? Number.NEGATIVE_INFINITY) - most)
  return (logits[at] ?? Number.NEGATIVE_INFINITY) - most - Math.log(sum)
}
