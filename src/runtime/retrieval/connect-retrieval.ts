import type { RetrievalIndex } from '#ports/retrieval.ts'
import type { FromIndex, ToIndex } from './retrieval-protocol.ts'

/** The page's end of a worker that holds the index. */
export type IndexWorker = Pick<Worker, 'terminate'> & {
  postMessage(message: ToIndex, transfer: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<FromIndex>) => void): void
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void
}

type Waiting = { readonly receive: (answer: FromIndex) => void; readonly fail: (error: Error) => void }
type Request = ToIndex extends infer One ? (One extends ToIndex ? Omit<One, 'call'> : never) : never

/** The index behind a worker. When the worker dies every call rejects with what to do: a reload makes it again. */
export function connectRetrieval(worker: IndexWorker): RetrievalIndex & { dispose(): void } {
  const waiting = new Map<number, Waiting>()
  let nextCall = 1
  let dead: Error | undefined

  function die(error: Error): void {
    dead ??= error
    for (const { fail } of waiting.values()) fail(dead)
    waiting.clear()
  }
  const crashed = (event: Event): void => {
    const detail = 'message' in event && typeof event.message === 'string' ? ` (${event.message})` : ''
    die(new Error(`The search index stopped${detail}. Nothing is lost; reload the page to build it again.`))
  }
  worker.addEventListener('message', ({ data }) => waiting.get(data.call)?.receive(data))
  worker.addEventListener('error', crashed)
  worker.addEventListener('messageerror', crashed)

  function call<Answer extends FromIndex['type']>(
    request: Request,
    expected: Answer,
    transfer: Transferable[] = [],
  ): Promise<Extract<FromIndex, { type: Answer }>> {
    return new Promise((resolve, reject) => {
      if (dead) {
        reject(dead)
        return
      }
      const number = nextCall++
      waiting.set(number, {
        fail: reject,
        receive(answer) {
          waiting.delete(number)
          if (isAnswer(answer, expected)) resolve(answer)
          else reject(new Error(answer.type === 'failed' ? answer.message : `Longhand bug: the index answered ${answer.type}`))
        },
      })
      worker.postMessage({ ...request, call: number }, transfer)
    })
  }

  return {
    async add(messages) {
      if (messages.length > 0) await call({ type: 'add', messages }, 'done')
    },
    async removeConversation(id) {
      await call({ type: 'remove-conversation', id }, 'done')
    },
    async setTitle(id, title) {
      await call({ type: 'set-title', id, title }, 'done')
    },
    messageCounts: async () => (await call({ type: 'count-messages' }, 'counted')).counts,
    lacking: async (ids) => (await call({ type: 'find-lacking', ids }, 'lacking')).ids,
    restorePart: async (part) => (await call({ type: 'restore-part', part }, 'restored', [part.bytes.buffer])).part,
    nextPart: async (stored, newId) => (await call({ type: 'next-part', stored, newId }, 'next')).change,
    retrieve: async (cue) => (await call({ type: 'retrieve', cue }, 'retrieved')).retrieval,
    search: async (text, limit) => (await call({ type: 'search', text, limit }, 'found')).hits,
    async setEmbeddings(entries) {
      await call({ type: 'set-embeddings', entries }, 'done')
    },
    async clearEmbeddings() {
      await call({ type: 'clear-embeddings' }, 'done')
    },
    async setWordVectors(table) {
      await call({ type: 'set-word-vectors', table }, 'done')
    },
    dispose() {
      worker.terminate()
      die(new Error('The search index was shut down.'))
    },
  }
}

function isAnswer<Answer extends FromIndex['type']>(
  answer: FromIndex,
  expected: Answer,
): answer is Extract<FromIndex, { type: Answer }> {
  return answer.type === expected
}
