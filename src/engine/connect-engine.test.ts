import { expect, it, vi } from 'vitest'
import type { EngineNews } from '#ports/engine.ts'
import { connectEngine } from './connect-engine.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

/** A worker whose answers the test gives. */
function worker() {
  const outside = new EventTarget()
  const sent: ToWorker[] = []
  const port = Object.assign(outside, {
    postMessage: (message: ToWorker) => void sent.push(message),
    terminate: () => {},
  })
  const say = (data: FromWorker) => outside.dispatchEvent(new MessageEvent('message', { data }))
  return { port, sent, say }
}

/** A lock that is free once the worker that holds it has ended. */
function heldLock() {
  let free: () => void = () => {}
  const locks = {
    request: (_name: string, _options: LockOptions, granted: () => void) =>
      new Promise<void>((resolve) => {
        free = () => {
          granted()
          resolve()
        }
      }),
  } as unknown as LockManager
  return { locks, free: () => free() }
}

it('[E41] the end of a worker is noticed by the lock that it held, and what waited for it fails', async () => {
  const { port, sent, say } = worker()
  const { locks, free } = heldLock()
  const engine = connectEngine('webllm', port, locks)
  const news: EngineNews[] = []
  engine.watch((piece) => news.push(piece))
  expect(sent[0]).toMatchObject({ type: 'hold', lock: expect.stringContaining('longhand/worker/') })
  say({ type: 'done', call: 1 })
  const counting = engine.countTokens(['a'])
  await Promise.resolve()
  await Promise.resolve()
  free()
  await expect(counting).rejects.toMatchObject({ type: 'worker-crashed' })
  expect(news).toMatchObject([{ type: 'broken', error: { type: 'worker-crashed' } }])
  await expect(engine.countTokens(['b'])).rejects.toMatchObject({ type: 'worker-crashed' })
})

it('[E42] a silent worker is told of, so is that it answers again, and after a minute it is taken for dead', async () => {
  vi.useFakeTimers()
  try {
    const { port, sent, say } = worker()
    const engine = connectEngine('webllm', port)
    const news: EngineNews['type'][] = []
    engine.watch(({ type }) => news.push(type))
    const counting = engine.countTokens(['a'])
    counting.catch(() => {})
    vi.advanceTimersByTime(9_000)
    expect(news).toEqual([])
    vi.advanceTimersByTime(2_000)
    expect(news).toEqual(['silent'])
    expect(sent.filter(({ type }) => type === 'ping').length).toBeGreaterThan(2)
    say({ type: 'done', call: 0 })
    expect(news).toEqual(['silent', 'answering'])
    vi.advanceTimersByTime(64_000)
    expect(news.at(-1)).toBe('broken')
    await expect(counting).rejects.toMatchObject({ type: 'worker-crashed' })
  } finally {
    vi.useRealTimers()
  }
})

it('[E42] nothing is asked of a worker that owes nothing', () => {
  vi.useFakeTimers()
  try {
    const { port, sent } = worker()
    connectEngine('webllm', port)
    vi.advanceTimersByTime(600_000)
    expect(sent).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})

it('[E43] what a worker says of a device that went away while idle ends the engine', async () => {
  const { port, say } = worker()
  const engine = connectEngine('webllm', port)
  const news: EngineNews[] = []
  engine.watch((piece) => news.push(piece))
  say({ type: 'broken', call: 0, error: { type: 'device-lost', message: 'gone' } })
  expect(news).toMatchObject([{ type: 'broken', error: { type: 'device-lost' } }])
  await expect(engine.check()).rejects.toMatchObject({ type: 'device-lost' })
})
