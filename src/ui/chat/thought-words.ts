import type { Thought } from '#chat/message.ts'
import { formatPlural, formatSeconds } from '#ui/kit/format.ts'

/** "Thought for 4 s, 212 tokens"; while it does, "Thinking"; where it was cut, that it was. */
export function thoughtWords({ end, tokens, ms }: Thought, thinking: boolean): string {
  const size = `${formatSeconds(ms)}, ${formatPlural(tokens, 'token')}`
  if (thinking) return `Thinking for ${size}`
  return `Thought for ${size}${end === '' ? ', cut' : ''}`
}
