import { formatShare } from '#ui/kit/format.ts'

/** Below this a question is rather about something that was never said. */
const unsureBelow = 0.3

/** How sure it is that memory holds what was asked; called an estimate, since it is one. */
export function confidenceWords(confidence: number): string {
  const sure = `an estimate of ${formatShare(confidence).replace(' ', '\u00a0')}`
  return confidence < unsureBelow
    ? `What is asked is probably not in memory, by ${sure}.`
    : `Memory may hold what is asked, by ${sure}.`
}
