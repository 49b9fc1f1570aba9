import { expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import { sampleMessage } from '#ports/storage.samples.ts'
import { buildIndex } from './build-index.ts'
import type { Runtime } from './runtime.ts'

function runtimeWith(scan: () => AsyncGenerator<readonly Message[]>, add: (messages: readonly Message[]) => Promise<void>) {
  const chat = { scanMessages: scan, observeConversations: () => () => {} }
  return { services: { storage: { chat }, retrieval: { add, setTitle: async () => {} } } } as unknown as Runtime
}
const messages = [1, 2, 3].map((n) => sampleMessage(`msg:${n}`, 'conv:1'))

it('reads the next batch while one is taken in, and never two ahead', async () => {
  let read = 0
  let taken = 0
  const ahead: number[] = []
  async function* scan() {
    for (const message of messages) {
      read++
      yield [message]
    }
  }
  await buildIndex(
    runtimeWith(scan, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      ahead.push(read - taken)
      taken++
    }),
  )
  expect(taken).toBe(3)
  expect(ahead).toEqual([2, 2, 1])
})

it('rejects when the index stops, and when reading fails', async () => {
  async function* scan() {
    for (const message of messages) yield [message]
  }
  async function* failing() {
    yield messages
    throw new Error('unreadable')
  }
  const stopped = async () => Promise.reject(new Error('stopped'))
  await expect(buildIndex(runtimeWith(scan, stopped))).rejects.toThrow('stopped')
  await expect(buildIndex(runtimeWith(failing, stopped))).rejects.toThrow('unreadable')
  await expect(buildIndex(runtimeWith(failing, async () => {}))).rejects.toThrow('unreadable')
})
