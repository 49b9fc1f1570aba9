import { type Engine, EngineError, type LoadProgress, type ScoreProgress } from '#ports/engine.ts'
import type { FromWorker, ToWorker, WireError } from './protocol.ts'

/** The part of a worker's global scope that serving needs. */
export type Channel = {
  postMessage(message: FromWorker): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void
}

/** What an engine does inside its worker. */
export type EngineProgram = Pick<
  Engine,
  'load' | 'generate' | 'scoreTokens' | 'cachedConversations' | 'countTokens' | 'unload'
> & {
  /** Asks what the engine runs on for a sign of life; absent where it is the worker itself. */
  check?(): Promise<void>
  /** Calls back when what the engine runs on is gone, also while nothing is asked of it. */
  onBroken?(callback: (error: EngineError) => void): void
}

/** Runs inside a worker: answers the page's requests with `engine`. */
export function serveEngine(engine: EngineProgram, channel: Channel): void {
  const aborts = new Map<number, AbortController>()
  engine.onBroken?.((error) => channel.postMessage({ type: 'broken', call: 0, error: wireError(error) }))

  async function answer(message: Exclude<ToWorker, { type: 'abort' }>): Promise<void> {
    const { call } = message
    const controller = new AbortController()
    aborts.set(call, controller)
    try {
      switch (message.type) {
        case 'load': {
          const report = (progress: LoadProgress) => channel.postMessage({ type: 'load-progress', call, progress })
          const loaded = await engine.load(message.request, report, controller.signal)
          channel.postMessage({ type: 'loaded', call, loaded })
          break
        }
        case 'generate':
          for await (const event of engine.generate(message.request, controller.signal))
            channel.postMessage({ type: 'event', call, event })
          channel.postMessage({ type: 'done', call })
          break
        case 'score': {
          const report = (progress: ScoreProgress) => channel.postMessage({ type: 'score-progress', call, progress })
          const scores = await engine.scoreTokens(message.request, report, controller.signal)
          channel.postMessage({ type: 'scores', call, scores })
          break
        }
        case 'cached':
          channel.postMessage({ type: 'cached', call, conversations: await engine.cachedConversations() })
          break
        case 'count':
          channel.postMessage({ type: 'counts', call, counts: await engine.countTokens(message.texts) })
          break
        case 'unload':
          await engine.unload()
          channel.postMessage({ type: 'done', call })
          break
        case 'check':
          await engine.check?.()
          channel.postMessage({ type: 'done', call })
          break
        case 'hold':
          await holdForLife(message.lock)
          channel.postMessage({ type: 'done', call })
          break
        case 'ping':
          channel.postMessage({ type: 'done', call })
          break
      }
    } catch (error) {
      channel.postMessage({ type: 'failed', call, error: wireError(error) })
    } finally {
      aborts.delete(call)
    }
  }

  channel.addEventListener('message', ({ data }) => {
    if (data.type === 'abort') aborts.get(data.call)?.abort()
    else void answer(data)
  })
}

function wireError(error: unknown): WireError {
  const type = error instanceof EngineError ? error.type : 'internal'
  return { type, message: error instanceof Error ? error.message : String(error) }
}

/** Takes a lock that is never given back: the browser frees it when the worker ends, however that happens. */
function holdForLife(lock: string): Promise<void> {
  return new Promise((held, failed) => {
    const hold = () => {
      held()
      return new Promise<never>(() => {})
    }
    navigator.locks.request(lock, hold).catch(failed)
  })
}
