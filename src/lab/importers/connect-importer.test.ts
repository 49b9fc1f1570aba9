import { describe, expect, it } from 'vitest'
import { type ChatBatch, type ChatImporter, ImportError } from '#ports/chat-importer.ts'
import { connectImporter, type ImportWorker } from './connect-importer.ts'
import { createChatImporter } from './create-chat-importer.ts'
import type { FromImporter, ToImporter } from './import-protocol.ts'
import { serveImporter } from './serve-importer.ts'
import { plainChatGpt } from './testing/sample-exports.ts'

const never = new AbortController().signal
const request = {
  files: [new File([JSON.stringify([plainChatGpt('a', 200)])], 'conversations.json')],
  now: 1,
  forgotten: [],
}

/** The worker's side in this thread, over a channel that delivers later, as messages do. */
function fakeWorker(importer: ChatImporter): ImportWorker & { readonly ended: () => boolean; readonly crash: () => void } {
  const toPage: ((event: MessageEvent<FromImporter>) => void)[] = []
  const toWorker: ((event: MessageEvent<ToImporter>) => void)[] = []
  const onError: ((event: Event) => void)[] = []
  let ended = false
  const deliver = <T>(listeners: readonly ((event: MessageEvent<T>) => void)[], data: T) =>
    setTimeout(() => ended || listeners.forEach((listener) => void listener({ data } as MessageEvent<T>)), 0)
  serveImporter(
    importer,
    {
      postMessage: (message) => void deliver(toPage, message),
      addEventListener: (_, listener) => void toWorker.push(listener),
    },
    () => 0,
  )
  return {
    postMessage: (message: ToImporter) => void deliver(toWorker, message),
    addEventListener(type: string, listener: never) {
      if (type === 'message') toPage.push(listener)
      else if (type === 'error') onError.push(listener)
    },
    terminate() {
      ended = true
    },
    ended: () => ended,
    crash: () => onError.forEach((listener) => void listener(new Event('error'))),
  }
}

describe('the importer behind a worker', () => {
  it('finds and reads as the one without, one batch after the other, and ends its workers', async () => {
    const workers: ReturnType<typeof fakeWorker>[] = []
    const importer = connectImporter(() => {
      const worker = fakeWorker(createChatImporter())
      workers.push(worker)
      return worker
    })
    const found = await importer.look(request, () => {}, never)
    expect(found).toEqual(await createChatImporter().look(request, () => {}, never))
    let taking = 0
    const batches: ChatBatch[] = []
    const wanted = found.conversations.map(({ id }) => id)
    const take = async (batch: ChatBatch) => {
      expect(++taking).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 2))
      batches.push(batch)
      taking--
    }
    await importer.read({ ...request, wanted }, take, () => {}, never)
    expect(batches.flatMap(({ conversations }) => conversations.flatMap(({ messages }) => messages))).toHaveLength(400)
    expect(workers.map((worker) => worker.ended())).toEqual([true, true])
  })

  it('ends the worker when it is cancelled, and when storing fails', async () => {
    let worker = fakeWorker(createChatImporter())
    const importer = connectImporter(() => {
      worker = fakeWorker(createChatImporter())
      return worker
    })
    const abort = new AbortController()
    const looking = importer.look(request, () => abort.abort(), abort.signal)
    await expect(looking).rejects.toMatchObject({ name: 'AbortError' })
    expect(worker.ended()).toBe(true)
    const { conversations } = await importer.look(request, () => {}, never)
    const wanted = conversations.map(({ id }) => id)
    const full = new Error('the disk is full')
    await expect(
      importer.read(
        { ...request, wanted },
        () => Promise.reject(full),
        () => {},
        never,
      ),
    ).rejects.toBe(full)
    expect(worker.ended()).toBe(true)
  })

  it('passes on what is meant for people, and tells of a worker that the browser ended', async () => {
    const fails = (error: Error): ChatImporter => ({ look: () => Promise.reject(error), read: () => Promise.reject(error) })
    const over = (error: Error) => connectImporter(() => fakeWorker(fails(error))).look(request, () => {}, never)
    await expect(over(new ImportError('It is damaged.'))).rejects.toThrow(ImportError)
    await expect(over(new Error('a bug'))).rejects.not.toThrow(ImportError)
    const worker = fakeWorker({ look: () => new Promise(() => {}), read: () => new Promise(() => {}) })
    const waiting = connectImporter(() => worker).look(request, () => {}, never)
    worker.crash()
    await expect(waiting).rejects.toThrow(/ended the worker/)
  })
})
