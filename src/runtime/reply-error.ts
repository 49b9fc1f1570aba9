import type { Problem } from '#shared/problem.ts'

/** The words at the end of a reply that failed: all that is ever said of it, so they hold what the server or engine said. */
export function replyError({ type, title, advice, detail }: Problem, engineEnded: boolean, anythingKept: boolean): string {
  if (engineEnded) return `${title} ${anythingKept ? 'The text is kept and can be continued.' : 'No word was written yet.'}`
  if (type === 'engine/server-failed' && detail) return `${title} It said: ${detail}`
  if (type === 'engine/stream-cut' && !anythingKept) return `${title} No word of it came. Nothing was sent anywhere else.`
  return `${title} ${advice}`
}
