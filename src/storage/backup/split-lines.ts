import { badLine } from './line.ts'

/** Longest line that is accepted: more than any receipt needs, and a limit to what a hostile file can make us hold. */
const longestLineBytes = 32 * 1024 * 1024

/** The lines of a stream of bytes, without their newlines. Rejects where a line is too long or the last one is not ended. */
export async function* splitLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let parts: Uint8Array[] = []
  let heldBytes = 0
  let line = 1
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      let from = 0
      for (let end = value.indexOf(10, from); end >= 0; end = value.indexOf(10, from)) {
        parts.push(value.subarray(from, end))
        yield join(parts)
        line++
        parts = []
        heldBytes = 0
        from = end + 1
      }
      if (from < value.length) parts.push(value.slice(from))
      heldBytes += value.length - from
      if (heldBytes > longestLineBytes) throw badLine(line, 'is too long')
    }
    if (heldBytes > 0) throw badLine(line, 'is cut off')
  } finally {
    await reader.cancel().catch(() => undefined) // The stream may have failed already; its own error is on its way.
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0]
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
