import { describe, expect, it } from 'vitest'
import { plainChatGpt } from '#lab/importers/testing/sample-exports.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { startTestLonghand, type TestLonghand } from './longhand.fixture.ts'

const file = (name: string, value: unknown) => new File([JSON.stringify(value)], name, { lastModified: 5000 })
const chats = (count: number) =>
  file(
    'conversations.json',
    Array.from({ length: count }, (_, n) => plainChatGpt(`chat-${n}`, 60)),
  )

async function preview({ actions, state }: TestLonghand, ...files: File[]) {
  await actions.lookIntoFiles(files)
  const { importing } = state()
  if (importing.type !== 'preview') throw new Error(`The import is ${importing.type}.`)
  return importing
}

describe('importing chats', () => {
  it('looks, shows what is new, and takes it over so that it is listed and found', async () => {
    const longhand = await startTestLonghand()
    const { actions, state, until } = longhand
    const before = await preview(longhand, chats(3))
    expect(before.groups).toMatchObject([{ name: 'ChatGPT 2024', conversations: 3, messages: 360, present: 0 }])
    expect(await longhand.storage.chat.getConversation('conv:x')).toBeUndefined()
    await actions.importChats(['ChatGPT 2024'])
    expect(state().importing).toEqual({ type: 'done', conversations: 3, messages: 360, facts: 0 })
    await until(({ conversations }) => conversations.length === 3)
    expect((await actions.search('Answer 59 of chat-2')).map(({ conversationTitle }) => conversationTitle)).toContain(
      'Chat chat-2',
    )
    const after = await preview(longhand, chats(4))
    expect(after.groups).toMatchObject([{ conversations: 4, present: 3 }])
    await actions.importChats(['ChatGPT 2024'])
    expect(state().importing).toEqual({ type: 'done', conversations: 1, messages: 120, facts: 0 })
  })

  it('keeps what is on disk when it is cancelled, and goes on from there', async () => {
    const storage = createInMemoryStorage(() => 7)
    let stored = 0
    let onStored = () => {}
    const chat: typeof storage.chat = {
      ...storage.chat,
      async importConversations(entries) {
        const added = await storage.chat.importConversations(entries)
        stored += added.messages
        onStored()
        return added
      },
    }
    const longhand = await startTestLonghand({ storage: { ...storage, chat } })
    const { actions, state } = longhand
    await preview(longhand, chats(10))
    onStored = () => stored > 500 && actions.cancelImport()
    await actions.importChats(['ChatGPT 2024'])
    const cut = state().importing
    expect(cut).toMatchObject({ type: 'done', messages: stored, leftGroups: ['ChatGPT 2024'] })
    expect(stored).toBeLessThan(1200)
    onStored = () => {}
    await longhand.until(({ conversations }) => conversations.length > 0)
    await actions.importChats(['ChatGPT 2024'])
    expect(state().importing.type).toBe('done')
    expect(stored).toBe(1200)
    const { groups } = await preview(longhand, chats(10))
    expect(groups).toMatchObject([{ conversations: 10, present: 10 }])
  })

  it('makes facts of memories, with their evidence, once', async () => {
    const longhand = await startTestLonghand()
    const { actions, state } = longhand
    const memories = file('memories.json', ['Has a cat.', 'Lives in Ghent.'])
    await preview(longhand, memories)
    await actions.importChats(['Memories'])
    expect(state().importing).toEqual({ type: 'done', conversations: 1, messages: 2, facts: 2 })
    expect(
      state()
        .memories.map(({ text, kind }) => [text, kind])
        .sort(),
    ).toEqual([
      ['Has a cat.', 'fact'],
      ['Lives in Ghent.', 'fact'],
    ])
    await longhand.until(({ conversations }) => conversations.length === 1)
    expect((await preview(longhand, memories)).groups).toMatchObject([{ present: 1 }])
    await expect(longhand.storage.memory.all()).resolves.toHaveLength(2)
  })

  it('says what is wrong with a file and what to do', async () => {
    const { actions, state } = await startTestLonghand()
    await actions.lookIntoFiles([new File([new Uint8Array([0x50, 0x4b, 3, 4])], 'export.zip')])
    expect(state().importing).toMatchObject({ type: 'failed', problem: { type: 'import', advice: /cut off/ } })
    actions.closeImport()
    expect(state().importing).toEqual({ type: 'idle' })
  })

  it('stops where storing fails, with that problem, and can go on', async () => {
    const storage = createInMemoryStorage(() => 7)
    let full = true
    const chat: typeof storage.chat = {
      ...storage.chat,
      importConversations: (entries) => (full ? Promise.reject(new Error('no room')) : storage.chat.importConversations(entries)),
    }
    const longhand = await startTestLonghand({ storage: { ...storage, chat } })
    await preview(longhand, chats(1))
    await longhand.actions.importChats(['ChatGPT 2024'])
    expect(longhand.state().importing).toMatchObject({ type: 'done', messages: 0, problem: { type: 'internal' } })
    full = false
    await longhand.actions.importChats(['ChatGPT 2024'])
    expect(longhand.state().importing).toEqual({ type: 'done', conversations: 1, messages: 120, facts: 0 })
  })
})
