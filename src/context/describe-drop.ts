import { formatScore } from './format-score.ts'
import type { DropReason, SectionName } from './manifest.ts'

const names: Record<SectionName, string> = {
  instructions: 'Instructions',
  you: 'About you',
  summary: 'Summary',
  turns: 'Recent turns',
  recalled: 'Recalled',
  message: 'Your message',
}

/** Why something stayed out, in words and figures; `day` writes a date. */
export function describeDrop(reason: DropReason, section: SectionName | undefined, day: (at: number) => string): string {
  switch (reason.type) {
    case 'no-room': {
      const where = section ? ` in ${names[section]}` : ''
      return `needed ${tokens(reason.neededTokens)}, ${format(reason.availableTokens)} left${where}`
    }
    case 'below-threshold':
      return belowThreshold(reason.score, reason.threshold)
    case 'in-window':
      return `already in the window: ${reason.ref}`
    case 'superseded':
      return reason.at === undefined ? 'older value, replaced by a newer one' : `older value, replaced on ${day(reason.at)}`
    case 'folded':
      return 'in the window as part of the summary'
    case 'hidden':
      return 'you hid it'
    case 'memory-off':
      return 'memory is off'
    case 'next-epoch':
      return 'not in the head that this stretch of turns began with; it can enter with the next one'
    case 'by-size':
      return `the history is ${formatScore(reason.ratio, 1)} times its room: recall has that of the summary`
    case 'empty':
      return 'an empty reply is not sent'
  }
}

/** With as many digits as it takes for the difference to show. */
function belowThreshold(score: number, threshold: number): string {
  let digits = 2
  while (digits < 6 && Number((threshold - score).toFixed(digits)) === 0) digits++
  const show = (value: number) => formatScore(value, digits)
  return `score ${show(score)}, needs ${show(threshold)} · missed by ${show(threshold - score)}`
}

function tokens(count: number): string {
  return `${format(count)} ${count === 1 ? 'token' : 'tokens'}`
}

function format(count: number): string {
  return count.toLocaleString('en-GB')
}
