import { EngineError, type GenerateEvent } from '#ports/engine.ts'
import { type Chunk, readChunk } from './read-chunk.ts'
import { readEvents } from './read-events.ts'

type End = Extract<GenerateEvent, { type: 'generation-end' }>

/**
 * A streamed reply as events of the port. Tokens are those that the server reports; until it does, and where it does not, each
 * piece of the stream counts as one. What it thinks is put between marks at the front, as models write it that run here.
 */
export async function* followReply(
  ask: () => Promise<Response>,
  inputTokens: () => number | undefined,
  began: number,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent> {
  let firstAt: number | undefined
  let finish: Chunk['finish']
  let usage: Chunk['usage']
  let cached: number | undefined
  let pieces = 0
  let thinking = false

  const end = (finishReason: End['finishReason']): End => {
    const now = performance.now()
    const cachedInputTokens = usage?.cachedInputTokens ?? cached
    return {
      type: 'generation-end',
      finishReason,
      inputTokens: usage?.inputTokens ?? inputTokens() ?? 0,
      cachedInputTokens: cachedInputTokens ?? 0,
      outputTokens: Math.max(usage?.outputTokens ?? 0, pieces),
      prefillMs: (firstAt ?? now) - began,
      decodeMs: now - (firstAt ?? now),
      ...(cachedInputTokens === undefined ? { unusedCache: 'not-reported' } : {}),
    }
  }
  function textOf({ text, thought }: Chunk): string {
    const opened = thought !== '' && !thinking ? '<think>\n' : ''
    const closed = thinking && text !== '' ? '\n</think>\n\n' : ''
    if (thought !== '') thinking = true
    if (text !== '') thinking = false
    return opened + thought + closed + text
  }

  if (signal.aborted) return yield end('cancelled')
  try {
    const response = await ask()
    for await (const event of readEvents(response, signal)) {
      const chunk = readChunk(event)
      if (chunk.progress && firstAt === undefined) {
        const { doneTokens, totalTokens, cachedTokens } = chunk.progress
        cached = cachedTokens
        yield { type: 'prefill-progress', doneTokens, totalTokens }
      }
      const text = textOf(chunk)
      if (text !== '') {
        firstAt ??= performance.now()
        pieces++
        yield { type: 'text-delta', text, outputTokens: pieces }
      }
      finish = chunk.finish ?? finish
      usage = chunk.usage ?? usage
      if (signal.aborted) return yield end('cancelled')
    }
  } catch (error) {
    if (signal.aborted) return yield end('cancelled')
    throw error
  }
  if (!finish) throw new EngineError('stream-cut', 'The server ended its answer without saying why.')
  yield end(finish)
}
