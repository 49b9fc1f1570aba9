import type { PlanChange } from '#context/assemble-with.ts'
import { formatCount, formatShare } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'
import { scorePartWords } from './score-part-words.ts'

/** A change of a plan in words: "Give Recalled room for 240 tokens, 56 more". */
export function changeWords(change: PlanChange, addedTokens?: number): string {
  switch (change.type) {
    case 'pin':
      return 'Pin it for this chat'
    case 'unpin':
      return 'Take its pin away'
    case 'hide':
      return 'Hide it from prompts'
    case 'show':
      return 'Show it again'
    case 'weight':
      return `Let “${scorePartWords(change.part)}” weigh ${change.weight.toFixed(2)}`
    case 'shorten':
      return change.shortening ? `Send it shortened by up to ${formatShare(change.shortening.ratio)}` : 'Send it whole again'
    case 'new-epoch':
      return 'Begin a new epoch with the next message'
    case 'budget': {
      const { label } = sectionLook[change.section]
      if (change.tokens === undefined) return `Give ${label} its usual room`
      const more = addedTokens !== undefined && addedTokens > 0 ? `, ${formatCount(addedTokens)} more` : ''
      return `Give ${label} room for ${formatCount(change.tokens)} tokens${more}`
    }
  }
}

/** Changes that are made together, in one sentence. */
export function changesWords(changes: readonly PlanChange[], addedTokens?: number): string {
  return changes
    .map((change, at) => (at === 0 ? changeWords(change, addedTokens) : lowerFirst(changeWords(change))))
    .join(', and ')
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
