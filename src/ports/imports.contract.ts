import { describe, expect, it } from 'vitest'
import { type StorageSetup, withStorage } from './storage.contract.ts'
import { sampleConversation, sampleMessage } from './storage.samples.ts'
import type { Storage } from './storage.ts'

const talk = sampleConversation('conv:1', { headId: 'msg:3', updatedAt: 2000, messageCount: 3 })
const one = sampleMessage('msg:1', 'conv:1', { createdAt: 1000, speaker: 'Ann' })
const two = sampleMessage('msg:2', 'conv:1', { createdAt: 1500, parentId: 'msg:1', role: 'assistant' })
const three = sampleMessage('msg:3', 'conv:1', { createdAt: 2000, parentId: 'msg:1', role: 'assistant' })
const all = [one, two, three]

/** What `importConversations` of every ChatRepository does (rule S35 of src/storage/SPEC.md). */
export function describeImportContract(name: string, setup: () => Promise<StorageSetup>): void {
  const test = (run: (storage: Storage, made: StorageSetup) => Promise<void>) => withStorage(setup, run)

  describe(`importConversations: ${name}`, () => {
    it(
      '[S1] [S35] stores conversations with all branches, over the end of the tab',
      test(async ({ chat }, { reopen }) => {
        const other = sampleConversation('conv:2')
        const added = await chat.importConversations([
          { conversation: talk, messages: all },
          { conversation: other, messages: [sampleMessage('msg:9', 'conv:2')] },
        ])
        expect(added).toEqual({ conversations: 2, messages: 4 })
        const again = (await reopen()).chat
        expect(await again.getConversation('conv:1')).toEqual(talk)
        expect(await again.getConversation('conv:2')).toMatchObject({ headId: 'msg:9', messageCount: 1 })
        expect(await again.allMessages('conv:1')).toEqual(all)
        expect(await again.siblings([two])).toEqual({ [two.id]: [two.id, three.id] })
      }),
    )

    it(
      '[S35] adds nothing the second time, and takes a long conversation in pieces',
      test(async ({ chat }) => {
        expect(await chat.importConversations([{ conversation: talk, messages: [one, two] }])).toEqual({
          conversations: 1,
          messages: 2,
        })
        expect(await chat.getConversation('conv:1')).toMatchObject({ headId: 'msg:2', messageCount: 2 })
        expect(await chat.importConversations([{ conversation: talk, messages: all }])).toEqual({ conversations: 0, messages: 1 })
        expect(await chat.getConversation('conv:1')).toEqual(talk)
        expect(await chat.importConversations([{ conversation: talk, messages: all }])).toEqual({ conversations: 0, messages: 0 })
        expect(await chat.importConversations([{ conversation: talk, messages: [] }])).toEqual({ conversations: 0, messages: 0 })
      }),
    )

    it(
      '[S35] takes pieces of one conversation in one call',
      test(async ({ chat }) => {
        const added = await chat.importConversations([
          { conversation: talk, messages: [one] },
          { conversation: talk, messages: [two, three] },
        ])
        expect(added).toEqual({ conversations: 1, messages: 3 })
        expect(await chat.getConversation('conv:1')).toEqual(talk)
      }),
    )

    it(
      '[S3] [S35] leaves what the user changed and wrote since',
      test(async ({ chat }) => {
        await chat.importConversations([{ conversation: talk, messages: all }])
        await chat.updateConversation('conv:1', { title: 'Mine', titledBy: 'user' })
        await chat.addMessage(sampleMessage('msg:4', 'conv:1', { parentId: 'msg:2', createdAt: 5000 }))
        await chat.importConversations([{ conversation: talk, messages: [{ ...one, text: 'other words' }, two, three] }])
        expect(await chat.getConversation('conv:1')).toMatchObject({
          title: 'Mine',
          headId: 'msg:4',
          messageCount: 4,
          updatedAt: 5000,
        })
        expect(await chat.getMessage('msg:1')).toEqual(one)
      }),
    )

    it(
      '[S12] [S35] brings a deleted conversation back',
      test(async ({ chat }) => {
        await chat.importConversations([{ conversation: talk, messages: all }])
        await chat.updateConversation('conv:1', { deletedAt: 3000 })
        expect(await chat.importConversations([{ conversation: talk, messages: all }])).toEqual({ conversations: 0, messages: 0 })
        expect(await chat.getConversation('conv:1')).toEqual(talk)
      }),
    )

    it(
      '[S2] [S35] adds nothing where one message hangs in the air or belongs elsewhere',
      test(async ({ chat }) => {
        await chat.importConversations([{ conversation: talk, messages: [one] }])
        const other = sampleConversation('conv:2')
        const fine = { conversation: sampleConversation('conv:3'), messages: [sampleMessage('msg:8', 'conv:3')] }
        const wrong = [
          sampleMessage('msg:5', 'conv:2', { parentId: 'msg:1' }),
          sampleMessage('msg:5', 'conv:2', { parentId: 'msg:nowhere' }),
          sampleMessage('msg:1', 'conv:2'),
          sampleMessage('msg:5', 'conv:1'),
        ]
        for (const message of wrong) {
          const entries = [fine, { conversation: other, messages: [message] }]
          await expect(chat.importConversations(entries)).rejects.toMatchObject({ name: 'StorageError' })
        }
        expect(await chat.getConversation('conv:2')).toBeUndefined()
        expect(await chat.getConversation('conv:3')).toBeUndefined()
        expect(await chat.getMessage('msg:8')).toBeUndefined()
      }),
    )
  })
}
