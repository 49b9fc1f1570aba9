const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long ago something was, in the five steps of Conversation Chronicles (paper #24) and what is nearer. */
export function gapWords(ms: number): string {
  if (ms < hourMs) return 'just before'
  if (ms < dayMs) return 'a few hours ago'
  if (ms < 7 * dayMs) return 'a few days ago'
  if (ms < 30 * dayMs) return 'a few weeks ago'
  if (ms < 365 * dayMs) return 'a few months ago'
  return 'over a year ago'
}

/** How far something is that takes `durationMs`, after `elapsedMs` (GapChat, paper #47): all by arithmetic. */
export function progressWords(elapsedMs: number, durationMs: number): string {
  const share = elapsedMs / durationMs
  if (share >= 1) return 'its time has passed'
  if (share >= 0.75) return 'three quarters of its time have passed'
  if (share >= 0.5) return 'half of its time has passed'
  if (share >= 0.25) return 'a quarter of its time has passed'
  return 'it has hardly begun'
}
