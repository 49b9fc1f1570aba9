import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { RetrievalIndex, StoredPart } from '#ports/retrieval.ts'
import { sampleConversation, sampleMessage } from '#ports/storage.samples.ts'
import type { Storage } from '#ports/storage.ts'
import { countingIds } from '#shared/ids.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { buildIndex } from './build-index.ts'
import { rebuildIndex } from './rebuild-index.ts'
import { createLocalRetrieval } from './retrieval/create-local-retrieval.ts'
import type { Runtime } from './runtime.ts'
import type { LonghandState } from './state.ts'
import { storeIndex } from './store-index.ts'

type Changes = { readonly retrieval?: Partial<RetrievalIndex>; readonly role?: 'owner' | 'follower'; readonly from?: number }

/** One start of the page over a storage: an index of its own, and the state that people see. */
function start(storage: Storage, { retrieval, role = 'owner', from = 0 }: Changes = {}) {
  let state = { storage: {}, notices: [], live: {}, saving: {} } as unknown as LonghandState
  const index = { ...createLocalRetrieval(), ...retrieval }
  const added: string[] = []
  const watched: RetrievalIndex = {
    ...index,
    add(messages) {
      added.push(...messages.map(({ id }) => id))
      return index.add(messages)
    },
  }
  const store = {
    getState: () => state,
    setState: (change: (state: LonghandState) => Partial<LonghandState>) => {
      state = { ...state, ...(typeof change === 'function' ? change(state) : change) }
    },
  }
  const services = { storage, retrieval: watched, tabs: { role: () => role }, newId: countingIds(from) }
  const runtime = { services, store } as unknown as Runtime
  return {
    runtime,
    retrieval: watched,
    added,
    state: () => state,
    set: (part: Partial<LonghandState>) => store.setState(() => part),
  }
}

async function conversation(storage: Storage, name: string, texts: readonly string[], from = 0): Promise<void> {
  for (const [place, text] of texts.entries()) {
    const number = from + place
    const more: Partial<Message> = { text, createdAt: number, ...(number > 0 && { parentId: `msg:${name}${number - 1}` }) }
    await storage.chat.addMessage(sampleMessage(`msg:${name}${number}`, `conv:${name}`, more), sampleConversation(`conv:${name}`))
  }
}

const found = async (retrieval: RetrievalIndex, text: string) =>
  (await retrieval.search(text, 9)).map(({ messageId }) => messageId)
const rawParts = async ({ indexParts }: Storage): Promise<readonly StoredPart[]> =>
  Promise.all((await indexParts.list()).map(async (id) => (await indexParts.get(id)) as StoredPart))
const rawText = async (storage: Storage) =>
  (await rawParts(storage)).map(({ bytes }) => new TextDecoder('latin1').decode(bytes)).join()

/** A storage whose index was stored once: two conversations, five messages. */
async function stored() {
  const storage = createInMemoryStorage(() => 7)
  await conversation(storage, 'a', ['tea and kites', 'green tea', 'a museum'])
  await conversation(storage, 'b', ['my secret is xylophone', 'noted'])
  const first = start(storage)
  await buildIndex(first.runtime)
  await storeIndex(first.runtime)
  expect(first.state().storage.index).toEqual({ restored: 0, added: 5 })
  return storage
}

describe('buildIndex', () => {
  it('takes in at the second start only what was written after the index was stored', async () => {
    const storage = await stored()
    await conversation(storage, 'a', ['new tea'], 3)
    const { runtime, retrieval, added, state } = start(storage)
    await buildIndex(runtime)
    expect(added).toEqual(['msg:a3'])
    expect(state().storage.index).toEqual({ restored: 5, added: 1 })
    expect((await found(retrieval, 'tea')).toSorted()).toEqual(['msg:a0', 'msg:a1', 'msg:a3'])
  })

  it('drops what was deleted after the index was stored', async () => {
    const storage = await stored()
    await storage.chat.updateConversation('conv:b', { deletedAt: 9 })
    const { runtime, retrieval, added } = start(storage)
    await buildIndex(runtime)
    expect(added).toEqual([])
    expect(await found(retrieval, 'xylophone')).toEqual([])
  })

  it('[S37] a deletion leaves nothing of the words in what is stored, nor does the next start bring them back', async () => {
    const storage = await stored()
    expect(await rawText(storage)).toContain('xylophone')
    await storage.chat.updateConversation('conv:b', { deletedAt: 9 })
    await storage.chat.purgeConversation('conv:b')
    expect(await rawText(storage)).not.toContain('xylophone')
    const { runtime, retrieval } = start(storage, { from: 100 })
    await buildIndex(runtime)
    await storeIndex(runtime)
    expect(await rawText(storage)).toContain('kites')
    expect(await rawText(storage)).not.toContain('xylophone')
    expect(await found(retrieval, 'kites')).toEqual(['msg:a0'])
  })

  it('uses nothing of a damaged part, makes it of the messages again, and says so', async () => {
    const storage = await stored()
    const [part] = await rawParts(storage)
    if (!part) throw new Error('There is no part.')
    const bytes = part.bytes.slice()
    bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 4
    await storage.indexParts.change({ remove: [part.id], add: { ...part, bytes } })
    const { runtime, retrieval, state } = start(storage, { from: 100 })
    await buildIndex(runtime)
    expect(state().storage.index).toEqual({ restored: 0, added: 5, refused: 'damaged' })
    expect(state().notices).toMatchObject([
      { text: expect.stringContaining('was damaged'), detail: expect.stringContaining('checksum') },
    ])
    expect(await found(retrieval, 'kites')).toEqual(['msg:a0'])
    // The damaged part does not stay.
    await storeIndex(runtime)
    const again = start(storage)
    await buildIndex(again.runtime)
    expect(again.state().storage.index).toEqual({ restored: 5, added: 0 })
  })

  it('takes in a conversation anew when it holds fewer messages than the index', async () => {
    const storage = await stored()
    const chat = { ...storage.chat }
    const lost = 'msg:a2'
    const without: Storage = {
      ...storage,
      chat: {
        ...chat,
        observeConversations: (callback) =>
          chat.observeConversations((all) =>
            callback(all.map((one) => (one.id === 'conv:a' ? { ...one, messageCount: 2 } : one))),
          ),
        messageIds: async (id) => (await chat.messageIds(id)).filter((each) => each !== lost),
      },
    }
    const { runtime, retrieval } = start(without)
    await buildIndex(runtime)
    expect(await found(retrieval, 'museum')).toEqual([])
    expect((await found(retrieval, 'tea')).toSorted()).toEqual(['msg:a0', 'msg:a1'])
  })

  it('reads the next batch while one is taken in, and never two ahead', async () => {
    const storage = createInMemoryStorage(() => 7)
    await conversation(storage, 'a', ['one', 'two', 'three'])
    let [read, taken] = [0, 0]
    const ahead: number[] = []
    const { chat } = storage
    async function* scanMessages() {
      for (const id of await chat.messageIds('conv:a')) {
        read++
        yield await chat.getMessages([id])
      }
    }
    const { runtime } = start({ ...storage, chat: { ...chat, scanMessages } })
    runtime.services.retrieval.add = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      ahead.push(read - taken)
      taken++
    }
    await buildIndex(runtime)
    expect(taken).toBe(3)
    expect(ahead).toEqual([2, 2, 1])
  })

  it('rejects when the index stops, and when reading fails', async () => {
    const storage = createInMemoryStorage(() => 7)
    await conversation(storage, 'a', ['one', 'two', 'three'])
    async function* scanMessages() {
      yield await storage.chat.allMessages('conv:a')
      throw new Error('unreadable')
    }
    const failing = { ...storage, chat: { ...storage.chat, scanMessages } }
    const add = async () => Promise.reject(new Error('stopped'))
    await expect(buildIndex(start(storage, { retrieval: { add } }).runtime)).rejects.toThrow('stopped')
    await expect(buildIndex(start(failing, { retrieval: { add } }).runtime)).rejects.toThrow('unreadable')
    await expect(buildIndex(start(failing).runtime)).rejects.toThrow('unreadable')
  })
})

describe('storeIndex', () => {
  it('writes nothing in a tab without the model, nor while a reply is made', async () => {
    const storage = createInMemoryStorage(() => 7)
    await conversation(storage, 'a', ['one'])
    const follower = start(storage, { role: 'follower' })
    await buildIndex(follower.runtime)
    await storeIndex(follower.runtime)
    const busy = start(storage)
    await buildIndex(busy.runtime)
    busy.set({ live: { 'conv:a': {} } as unknown as LonghandState['live'] })
    await storeIndex(busy.runtime)
    expect(await storage.indexParts.list()).toEqual([])
    busy.set({ live: {} })
    await storeIndex(busy.runtime)
    expect(await storage.indexParts.list()).toHaveLength(1)
  })

  it('[S37] what another tab has purged is not written by this one, whose index forgets it', async () => {
    const storage = createInMemoryStorage(() => 7)
    await conversation(storage, 'a', ['kites'])
    await conversation(storage, 'b', ['xylophone'])
    const { runtime, retrieval } = start(storage)
    await buildIndex(runtime)
    await storage.chat.purgeConversation('conv:b')
    await storeIndex(runtime)
    expect(await rawText(storage)).toContain('kites')
    expect(await rawText(storage)).not.toContain('xylophone')
    expect(await found(retrieval, 'xylophone')).toEqual([])
  })

  it('says when there is no room, and gives up what it holds for the rest', async () => {
    const storage = await stored()
    await conversation(storage, 'a', ['more'], 3)
    const { StorageError } = await import('#ports/storage.ts')
    const full: Storage = {
      ...storage,
      indexParts: {
        ...storage.indexParts,
        change: (change) =>
          change.add ? Promise.reject(new StorageError('quota', 'No room.')) : storage.indexParts.change(change),
      },
    }
    const { runtime, state } = start(full, { from: 100 })
    await buildIndex(runtime)
    await storeIndex(runtime)
    expect(state().storage.index?.problem).toContain('full')
    expect(await storage.indexParts.list()).toEqual([])
  })
})

describe('rebuildIndex', () => {
  it('leaves nothing of what was there before a restore', async () => {
    const storage = await stored()
    const { runtime, retrieval } = start(storage)
    await buildIndex(runtime)
    await storage.chat.purgeConversation('conv:b')
    await rebuildIndex(runtime)
    expect(await found(retrieval, 'xylophone')).toEqual([])
    expect(await found(retrieval, 'kites')).toEqual(['msg:a0'])
  })
})
