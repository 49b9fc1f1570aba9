import { EngineError } from '#ports/engine.ts'
import { cancelled } from './ask-server.ts'
import { failureInStream } from './server-failure.ts'

/**
 * The JSON payloads of an event stream (`data: …`), up to `[DONE]`. Rejects with `stream-cut` where it ends or breaks off
 * before, with the server's own failure where it sends one, with `aborted` when it is aborted.
 */
export async function* readEvents(response: Response, signal: AbortSignal): AsyncGenerator<Readonly<Record<string, unknown>>> {
  if (!response.body) throw new EngineError('stream-cut', 'The answer has no body.')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let held = ''
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw signal.aborted ? cancelled() : new EngineError('stream-cut', `The connection broke off: ${String(error)}`)
      })
      if (done) throw new EngineError('stream-cut', 'The answer ended before the server said that it was done.')
      held += value
      for (let end = lineEnd.exec(held); end; end = lineEnd.exec(held)) {
        const line = held.slice(0, end.index)
        held = held.slice(end.index + end[0].length)
        const payload = payloadOf(line)
        if (payload === '[DONE]') return
        if (payload !== undefined) yield parse(payload)
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** A carriage return at the very end may be half of a line's end. */
const lineEnd = /\r\n|\n|\r(?!$)/

function payloadOf(line: string): string | undefined {
  // Some servers name a failure by its own field.
  const field = /^(data|error): ?(.*)$/.exec(line)
  if (field?.[1] === 'error') throw failureInStream(tryParse(field[2] ?? ''))
  return field?.[2]
}

function parse(payload: string): Readonly<Record<string, unknown>> {
  const parsed = tryParse(payload)
  if (typeof parsed !== 'object' || parsed === null)
    throw new EngineError('server-failed', `The stream holds what is no JSON: ${payload.slice(0, 200)}`)
  const event = parsed as Readonly<Record<string, unknown>>
  if (event.error) throw failureInStream(event.error)
  return event
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
