import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import { sampleConversation, sampleMessage } from '#ports/storage.samples.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { readPath } from './read-path.ts'
import type { Runtime } from './runtime.ts'

/** A chain of `count` messages of ten characters each, and what is read of it for a window. */
async function setup(count: number) {
  const storage = createInMemoryStorage(() => 0)
  const conversation = sampleConversation('conv:1')
  const chain: Message[] = []
  for (let n = 0; n < count; n++) {
    const parent = chain.at(-1)
    const link = parent ? { parentId: parent.id } : {}
    const message = sampleMessage(`msg:${String(n).padStart(4, '0')}`, 'conv:1', { text: '0123456789', createdAt: n, ...link })
    await storage.chat.addMessage(message, parent ? undefined : conversation)
    chain.push(message)
  }
  const limits: number[] = []
  const watched = {
    ...storage.chat,
    pathTail: (...call: Parameters<typeof storage.chat.pathTail>) => {
      limits.push(call[2])
      return storage.chat.pathTail(...call)
    },
  }
  const runtime = { services: { storage: { ...storage, chat: watched } } } as unknown as Runtime
  return { chain, limits, read: (window: number) => readPath(runtime, conversation, chain.at(-1)?.id ?? 'msg:', window) }
}

describe('readPath', () => {
  it('reads a short branch whole, in one page', async () => {
    const { chain, limits, read } = await setup(60)
    expect(await read(4096)).toEqual({ path: chain, pathComplete: true })
    expect(limits).toHaveLength(1)
  })

  it('reads a long branch back to its first message where the window may hold it', async () => {
    const { chain, read } = await setup(200)
    expect(await read(4096)).toEqual({ path: chain, pathComplete: true })
  })

  it('stops once there is more than the window can hold, whatever the length of the branch', async () => {
    const { chain, limits, read } = await setup(1000)
    const { path, pathComplete } = await read(128)
    expect(pathComplete).toBe(false)
    expect(path).toEqual(chain.slice(-path.length))
    expect(path.length * 10).toBeGreaterThan(128 * 8)
    expect(limits.reduce((sum, limit) => sum + limit, 0)).toBeLessThan(200)
  })
})
