import type { Whereabouts } from '#context/attribution/where-is.ts'
import { describeDrop } from '#context/describe-drop.ts'
import { formatDay, formatScore } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'

/** What became of a message in a prompt, as a sentence. */
export function whereWords(where: Whereabouts, now: number): string {
  switch (where.type) {
    case 'in-window': {
      const { item, section } = where
      const score = item.score ? `, found with score ${formatScore(item.score.total)}` : ''
      return section === 'recalled'
        ? `It was recalled as ${item.ref}${score}.`
        : `It stood in the window as it was said: ${item.ref}, ${sectionLook[section].label}.`
    }
    case 'told': {
      const { item, section, sentences } = where
      const name = section === 'summary' ? 'The summary' : `The memory ${item.ref}`
      return sentences.length === 0 ? `${name} in the prompt comes from it.` : `${name} in the prompt says of it:`
    }
    case 'covered':
      return 'The summary in the prompt covers it, and keeps no sentence of it.'
    case 'left-out': {
      const { reason, section, range } = where.item
      const words = describeDrop(reason, section, (at) => formatDay(at, now))
      return `Word for word it was left out${range ? ` with the ${range.messages} messages around it` : ''}: ${words}.`
    }
    case 'not-found':
      return 'It was not found for this question: other messages share more with it. What does not come near is not listed.'
  }
}
