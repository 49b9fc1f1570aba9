import { EngineError, type EngineErrorType } from '#ports/engine.ts'

/** The words of a server in an error, as far as they are shown. */
const mostCharacters = 400

/** What an answer of failure means. Servers agree on the status and on nothing else, so their words decide the rest. */
export async function failureOf(response: Response, path: string): Promise<EngineError> {
  const text = await response.text().catch(() => '')
  const said = wordsOf(text)
  return new EngineError(typeOf(response.status, said), `${path}: ${response.status} ${said.slice(0, mostCharacters)}`.trim())
}

/** An error that came in the middle of a stream. */
export function failureInStream(error: unknown): EngineError {
  const said = wordsOf(JSON.stringify({ error }))
  return new EngineError(typeOf(500, said), said.slice(0, mostCharacters))
}

function typeOf(status: number, said: string): EngineErrorType {
  if (status === 401 || status === 403) return 'wrong-key'
  if (tooLong.test(said)) return 'context-overflow'
  if (noModel.test(said)) return 'no-such-model'
  return 'server-failed'
}

/** llama.cpp, vLLM, LM Studio and Ollama, each in its own words. */
const tooLong =
  /exceed_context_size|context_length_exceeded|maximum context length|exceeds? the (available |maximum )?context|context (size|window|length)[^.]*exceed|longer than the maximum model length|greater than the context length/i
const noModel = /model_not_found|model ["'`]?[^"'`]*["'`]? (not found|does not exist)|NotFoundError|no models? loaded/i

/** `{ error: { message, type, code } }`, `{ error: "…" }`, `{ message }`, `{ detail }`, or the text itself. */
function wordsOf(text: string): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return text.trim()
  }
  const { error, message, detail } = record(parsed)
  const inner = record(error)
  const words = [inner.type, inner.code, inner.message, error, message, detail].filter((word) => typeof word === 'string')
  return words.length > 0 ? [...new Set(words)].join(' ') : text.trim()
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
