import type { MemoryWhereabouts } from '#context/attribution/where-is-memory.ts'
import { describeDrop } from '#context/describe-drop.ts'
import { formatDay, formatScore } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'

/** What became of a memory in a prompt, as a sentence. */
export function whereMemoryWords(where: MemoryWhereabouts, now: number): string {
  switch (where.type) {
    case 'in-window': {
      const { item, section } = where
      if (item.score) return `In the prompt as ${item.ref}, ${sectionLook[section].label}, found with ${item.why}.`
      return `In the prompt as ${item.ref}, ${sectionLook[section].label}: ${item.why}.`
    }
    case 'other-version':
      return `Another value or version of it was in the prompt as ${where.item.ref}, ${sectionLook[where.section].label}.`
    case 'left-out': {
      const { reason, section, score } = where.item
      const scored = score && reason.type !== 'below-threshold' ? `, found with score ${formatScore(score.total)}` : ''
      return `Left out: ${describeDrop(reason, section, (at) => formatDay(at, now))}${scored}.`
    }
    case 'source':
      return `The words that it comes from were in the prompt as ${where.item.ref}, ${sectionLook[where.section].label}.`
    case 'later':
      return 'It was not known yet.'
    case 'not-found':
      return 'It was not offered for this prompt: its words are not near the question, or the memory of this chat does not list it.'
  }
}
