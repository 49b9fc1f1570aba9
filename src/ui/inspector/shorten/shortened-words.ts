import type { ScoredBy } from '#chat/prompt-wishes.ts'
import type { Shortened } from '#context/manifest.ts'
import { formatCount, formatShare } from '#ui/kit/format.ts'

/** "scored by SmolLM2 on this device", or that it is an estimate. */
export function scoredWords(by: ScoredBy): string {
  return by.type === 'model' ? `scored by ${by.name} on this device` : 'estimated from word statistics'
}

/** "12 of 60 tokens left out". */
export function leftOutWords({ wholeTokens, tokens }: Pick<Shortened, 'wholeTokens' | 'tokens'>): string {
  return `${formatCount(Math.max(0, wholeTokens - tokens))} of ${formatCount(wholeTokens)} tokens left out`
}

/** "shortened by up to 40 %, 12 of 60 tokens left out, estimated from word statistics". */
export function shortenedWords(shortened: Shortened): string {
  return `shortened by up to ${formatShare(shortened.ratio)}, ${leftOutWords(shortened)}, ${scoredWords(shortened.by)}`
}
