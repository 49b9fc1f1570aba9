import type { LikelihoodChange } from '#context/rerun/compare-likelihood.ts'
import { formatCount, formatPlural } from '#ui/kit/format.ts'

/** Changes smaller than this, in nats, are what a device rounds by. */
const least = 0.05
/** From here on a factor is written as a power of ten. */
const mostWritten = 1_000_000

/** "Without them the recorded reply is 25 times less likely (e^3.2). Per token its log-probability was −0.12, without them −0.39, over 12 tokens." */
export function likelihoodWords({ tokens, difference, perToken }: LikelihoodChange): string {
  const mean = `Its log-probability per token, the mean of ${formatPlural(tokens, 'token')}, was ${signed(perToken.before)} and is ${signed(perToken.after)} without.`
  const nats = Math.abs(difference)
  if (nats < least) return `The recorded reply is as likely without as with. ${mean}`
  const factor = Math.exp(nats)
  const power = `e^${nats.toFixed(1)}`
  const written =
    factor >= mostWritten
      ? `10${raised(Math.round(nats / Math.LN10))}`
      : factor < 10
        ? factor.toFixed(1)
        : formatCount(Math.round(factor))
  return `Without, the recorded reply is ${written} (${power}) times ${difference < 0 ? 'less' : 'more'} likely. ${mean}`
}

/** 35 → "³⁵". */
function raised(value: number): string {
  return String(value).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '')
}

function signed(value: number): string {
  return value.toFixed(2).replace('-', '−')
}
