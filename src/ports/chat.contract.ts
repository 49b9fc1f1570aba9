import { describe, expect, it } from 'vitest'
import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import { type StorageSetup, until, withStorage } from './storage.contract.ts'
import { sampleActual, sampleConversation, sampleDraft, sampleManifest, sampleMessage } from './storage.samples.ts'
import type { ChatRepository, Storage } from './storage.ts'

const talk = sampleConversation('conv:1')

/** A chain msg:0 … msg:n-1 in conv:1, one millisecond apart. */
async function addChain(chat: ChatRepository, count: number): Promise<Message[]> {
  const chain: Message[] = []
  for (let n = 0; n < count; n++) {
    const parent = chain.at(-1)
    const message = sampleMessage(`msg:${String(n).padStart(4, '0')}`, 'conv:1', {
      createdAt: 1000 + n,
      role: n % 2 ? 'assistant' : 'user',
      ...(parent ? { parentId: parent.id } : {}),
    })
    await chat.addMessage(message, talk)
    chain.push(message)
  }
  return chain
}

async function listed(storage: Storage): Promise<readonly Conversation[]> {
  let last: readonly Conversation[] | undefined
  const stop = storage.chat.observeConversations((conversations) => {
    last = conversations
  })
  await until(() => last !== undefined)
  stop()
  return last ?? []
}

/** What every ChatRepository does (rules S1 to S13 of src/storage/SPEC.md). */
export function describeChatRepositoryContract(name: string, setup: () => Promise<StorageSetup>): void {
  const test = (run: (storage: Storage, made: StorageSetup) => Promise<void>) => withStorage(setup, run)

  describe(`ChatRepository: ${name}`, () => {
    it(
      '[S1] keeps an acknowledged message over the end of the tab',
      test(async ({ chat }, { reopen }) => {
        const message = sampleMessage('msg:1', 'conv:1', { text: '  é\u0000 \ud83d\ude00 \ud800 lone ‮ ' })
        await chat.addMessage(message, talk)
        const again = (await reopen()).chat
        expect(await again.getMessage('msg:1')).toEqual(message)
        expect(await again.getMessage('msg:2')).toBeUndefined()
        expect(await again.getConversation('conv:1')).toMatchObject({ headId: 'msg:1', messageCount: 1 })
      }),
    )

    it(
      '[S2] [S4] refuses messages that hang in the air and changes nothing',
      test(async ({ chat }) => {
        await expect(chat.addMessage(sampleMessage('msg:1', 'conv:1'))).rejects.toMatchObject({ type: 'not-found' })
        await chat.addMessage(sampleMessage('msg:1', 'conv:1'), talk)
        await chat.addMessage(sampleMessage('msg:2', 'conv:2'), sampleConversation('conv:2'))
        const foreign = sampleMessage('msg:3', 'conv:1', { parentId: 'msg:2' })
        await expect(chat.addMessage(foreign)).rejects.toMatchObject({ type: 'not-found' })
        const orphan = sampleMessage('msg:4', 'conv:3', { parentId: 'msg:none' })
        await expect(chat.addMessage(orphan, sampleConversation('conv:3'))).rejects.toMatchObject({ type: 'not-found' })
        expect(await chat.getConversation('conv:3')).toBeUndefined()
        expect(await chat.getConversation('conv:1')).toMatchObject({ headId: 'msg:1', messageCount: 1 })
      }),
    )

    it(
      '[S3] never overwrites a message; the same one again is no change',
      test(async ({ chat }) => {
        const [first, second] = await addChain(chat, 2)
        if (!first || !second) throw new Error('no chain')
        await chat.addMessage(first)
        expect(await chat.getConversation('conv:1')).toMatchObject({ headId: first.id, messageCount: 2 })
        await expect(chat.addMessage({ ...first, text: 'other' })).rejects.toMatchObject({ type: 'internal' })
        expect(await chat.getMessage(first.id)).toEqual(first)
      }),
    )

    it(
      '[S4] keeps head, count and time of the newest message',
      test(async ({ chat }) => {
        await addChain(chat, 5)
        const old = sampleMessage('msg:old', 'conv:1', { createdAt: 3 })
        await chat.addMessage(old)
        const conversation = await chat.getConversation('conv:1')
        expect(conversation).toEqual({ ...talk, headId: 'msg:old', messageCount: 6, updatedAt: 1004 })
      }),
    )

    it(
      '[S5] turns a draft into a message with its receipt',
      test(async ({ chat }, { reopen }) => {
        await addChain(chat, 1)
        await chat.saveDraft(sampleDraft('msg:r', 'conv:1', 'msg:0000'))
        const reply = sampleMessage('msg:r', 'conv:1', { parentId: 'msg:0000', role: 'assistant', createdAt: 2000 })
        await chat.finishReply(reply, sampleManifest('msg:r', 'conv:1'))
        const again = (await reopen()).chat
        expect(await again.listDrafts()).toEqual([])
        expect(await again.getMessage('msg:r')).toEqual(reply)
        expect(await again.getManifest('msg:r')).toEqual(sampleManifest('msg:r', 'conv:1'))
        expect(await again.getConversation('conv:1')).toMatchObject({ headId: 'msg:r', messageCount: 2, updatedAt: 2000 })
      }),
    )

    it(
      '[S5] leaves the head where another branch was chosen while the reply was written',
      test(async ({ chat }) => {
        const [first, second] = await addChain(chat, 2)
        if (!first || !second) throw new Error('no chain')
        const answer = (id: MessageId) => sampleMessage(id, 'conv:1', { parentId: first.id, role: 'assistant', createdAt: 2000 })
        await chat.finishReply(answer('msg:r'), sampleManifest('msg:r', 'conv:1'), first.id)
        expect(await chat.getConversation('conv:1')).toMatchObject({ headId: second.id, messageCount: 3 })
        await chat.finishReply(answer('msg:s'), sampleManifest('msg:s', 'conv:1'), second.id)
        expect(await chat.getConversation('conv:1')).toMatchObject({ headId: 'msg:s', messageCount: 4 })
      }),
    )

    it(
      '[S6] lists drafts of a tab that ended, and no draft of a finished reply',
      test(async ({ chat }, { reopen }) => {
        await addChain(chat, 1)
        const draft = sampleDraft('msg:r', 'conv:1', 'msg:0000')
        await chat.saveDraft(draft)
        await chat.saveDraft({ ...draft, text: 'further' })
        await chat.saveDraft(sampleDraft('msg:s', 'conv:1', 'msg:0000'))
        await chat.deleteDraft('msg:s')
        const again = (await reopen()).chat
        expect(await again.listDrafts()).toEqual([{ ...draft, text: 'further' }])
        await again.addMessage(sampleMessage('msg:r', 'conv:1', { parentId: 'msg:0000', status: 'interrupted' }))
        await again.saveDraft(draft)
        expect(await again.listDrafts()).toEqual([])
        const lost = sampleDraft('msg:t', 'conv:none', 'msg:0000')
        await expect(again.saveDraft(lost)).rejects.toMatchObject({ type: 'not-found' })
      }),
    )

    it(
      '[S7] writes actual usage once',
      test(async ({ chat }) => {
        await addChain(chat, 1)
        await expect(chat.setActual('msg:r', sampleActual)).rejects.toMatchObject({ type: 'not-found' })
        await chat.saveManifest(sampleManifest('msg:r', 'conv:1'))
        await chat.setActual('msg:r', sampleActual)
        await chat.setActual('msg:r', { ...sampleActual, outputTokens: 99 })
        const reply = sampleMessage('msg:r', 'conv:1', { parentId: 'msg:0000', role: 'assistant' })
        await chat.finishReply(reply, sampleManifest('msg:r', 'conv:1'))
        expect(await chat.getManifest('msg:r')).toEqual(sampleManifest('msg:r', 'conv:1', { actual: sampleActual }))
        expect(await chat.getManifest('msg:none')).toBeUndefined()
      }),
    )

    it(
      '[S9] returns the end of a branch',
      test(async ({ chat }) => {
        const chain = await addChain(chat, 40)
        const head = chain.at(-1)?.id as MessageId
        expect(await chat.pathTail('conv:1', head, 7)).toEqual({ messages: chain.slice(-7), complete: false })
        expect(await chat.pathTail('conv:1', head, 40)).toEqual({ messages: chain, complete: true })
        expect(await chat.pathTail('conv:1', head, 1000)).toEqual({ messages: chain, complete: true })
        expect(await chat.pathTail('conv:1', chain[3]?.id as MessageId, 2)).toEqual({
          messages: chain.slice(2, 4),
          complete: false,
        })
        expect(await chat.pathTail('conv:1', 'msg:none', 5)).toEqual({ messages: [], complete: true })
      }),
    )

    it(
      '[S10] knows siblings and the leaf below',
      test(async ({ chat }) => {
        const chain = await addChain(chat, 150)
        const [root, first] = chain
        if (!root || !first) throw new Error('no chain')
        const sibling = { ...first, id: 'msg:z' as const, createdAt: 5000 }
        await chat.addMessage(sibling)
        const otherRoot = sampleMessage('msg:root2', 'conv:1', { createdAt: 6000 })
        await chat.addMessage(otherRoot)
        expect(await chat.siblings([root, first, ...chain.slice(2), otherRoot])).toEqual({
          [root.id]: [root.id, otherRoot.id],
          [first.id]: [first.id, sibling.id],
          [otherRoot.id]: [root.id, otherRoot.id],
        })
        expect(await chat.siblings([])).toEqual({})
        expect(await chat.leafBelow(first.id)).toBe(chain.at(-1)?.id)
        expect(await chat.leafBelow(root.id)).toBe('msg:z')
        expect(await chat.leafBelow('msg:z')).toBe('msg:z')
        expect(await chat.allMessages('conv:1')).toEqual([...chain, sibling, otherRoot])
        const ids = await chat.messageIds('conv:1')
        expect(ids).toEqual([...chain, sibling, otherRoot].map(({ id }) => id))
        expect(await chat.messageIds('conv:none')).toEqual([])
        const found = await chat.getMessages(['msg:none', ...ids.slice(1)])
        expect(found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))).toEqual([...chain, sibling, otherRoot].slice(1))
      }),
    )

    it(
      '[S11] lists pinned first, then the newest',
      test(async (storage) => {
        await storage.chat.createConversation(sampleConversation('conv:a', { updatedAt: 1 }))
        await storage.chat.createConversation(sampleConversation('conv:b', { updatedAt: 3 }))
        await storage.chat.createConversation(sampleConversation('conv:c', { updatedAt: 2 }))
        await storage.chat.updateConversation('conv:a', { pinned: true, title: 'Kept' })
        expect((await listed(storage)).map(({ id, title }) => [id, title])).toEqual([
          ['conv:a', 'Kept'],
          ['conv:b', 'A talk'],
          ['conv:c', 'A talk'],
        ])
        await expect(storage.chat.updateConversation('conv:none', { pinned: true })).rejects.toMatchObject({ type: 'not-found' })
      }),
    )

    it(
      '[S12] hides what is deleted, brings it back, and purges it for good',
      test(async (storage, { reopen }) => {
        const { chat } = storage
        await addChain(chat, 3)
        await chat.addMessage(sampleMessage('msg:other', 'conv:2'), sampleConversation('conv:2'))
        await chat.saveManifest(sampleManifest('msg:m', 'conv:1'))
        await chat.saveDraft(sampleDraft('msg:d', 'conv:1', 'msg:0000'))
        await chat.updateConversation('conv:1', { deletedAt: 5000 })
        const scanned = async (from: ChatRepository) => {
          const ids: string[] = []
          for await (const batch of from.scanMessages(2)) ids.push(...batch.map(({ id }) => id))
          return ids
        }
        expect((await listed(storage)).map(({ id }) => id)).toEqual(['conv:2'])
        expect(await scanned(chat)).toEqual(['msg:other'])
        expect(await chat.listDeleted(4999)).toEqual([])
        expect((await chat.listDeleted(5000)).map(({ id }) => id)).toEqual(['conv:1'])
        await chat.restoreConversation('conv:1')
        expect(await listed(storage)).toHaveLength(2)
        expect(await scanned(chat)).toHaveLength(4)
        await chat.purgeConversation('conv:1')
        const again = (await reopen()).chat
        expect(await scanned(again)).toEqual(['msg:other'])
        expect(await again.getConversation('conv:1')).toBeUndefined()
        expect(await again.getMessage('msg:0001')).toBeUndefined()
        expect(await again.getManifest('msg:m')).toBeUndefined()
        expect(await again.listDrafts()).toEqual([])
        expect(await again.listDeleted(9e15)).toEqual([])
      }),
    )

    it(
      '[S13] tells observers of every change',
      test(async ({ chat }) => {
        const titles: string[][] = []
        let touched = 0
        const stopList = chat.observeConversations((list) => titles.push(list.map(({ title }) => title)))
        const stopMessages = chat.observeMessages('conv:1', () => touched++)
        await until(() => titles.length === 1)
        await addChain(chat, 1)
        await until(() => touched === 1 && titles.at(-1)?.length === 1)
        await chat.addMessage(sampleMessage('msg:other', 'conv:2'), sampleConversation('conv:2', { title: 'Two', updatedAt: 1 }))
        await until(() => titles.at(-1)?.length === 2)
        expect(touched).toBe(1)
        await chat.updateConversation('conv:1', { title: 'One' })
        await until(() => titles.at(-1)?.includes('One') === true)
        stopList()
        stopMessages()
        const calls = titles.length
        await addChain(chat, 2)
        await chat.getConversation('conv:1')
        expect([titles.length, touched]).toEqual([calls, 1])
      }),
    )
  })
}
