import { describe, expect, it } from 'vitest'
import type { StoredPart } from './retrieval.ts'
import { type StorageSetup, withStorage } from './storage.contract.ts'
import { sampleConversation, sampleMessage } from './storage.samples.ts'

const part = (number: number, order: number, conversations: readonly string[]): StoredPart => ({
  id: `part:${number}`,
  order,
  conversationIds: conversations.map((name) => `conv:${name}` as const),
  bytes: Uint8Array.of(number, 0, 255),
})

/** What every IndexPartRepository does, with what the rest of its storage does to the parts. */
export function describeIndexPartContract(name: string, setup: () => Promise<StorageSetup>): void {
  describe(`IndexPartRepository contract: ${name}`, () => {
    it(
      '[S36] keeps parts in their order, over the end of the tab, and replaces some by another in one step',
      withStorage(setup, async ({ chat, indexParts }, { reopen }) => {
        await chat.createConversation(sampleConversation('conv:1'))
        expect(await indexParts.list()).toEqual([])
        for (const one of [part(1, 5, ['1']), part(2, -1, ['1']), part(3, 1.5, ['1'])])
          expect(await indexParts.change({ remove: [], add: one })).toEqual([])
        expect(await indexParts.list()).toEqual(['part:2', 'part:3', 'part:1'])
        await indexParts.change({ remove: ['part:2', 'part:3', 'part:none'], add: part(4, 1.5, ['1']) })
        const after = (await reopen()).indexParts
        expect(await after.list()).toEqual(['part:4', 'part:1'])
        expect(await after.get('part:4')).toEqual(part(4, 1.5, ['1']))
        expect(await after.get('part:2')).toBeUndefined()
        await after.change({ remove: ['part:4', 'part:1'] })
        expect(await after.list()).toEqual([])
      }),
    )

    it(
      '[S37] does not add a part that names a conversation which is deleted or was never stored, and says which',
      withStorage(setup, async ({ chat, indexParts }) => {
        for (const id of ['conv:1', 'conv:2'] as const) await chat.createConversation(sampleConversation(id))
        await chat.updateConversation('conv:2', { deletedAt: 3 })
        await indexParts.change({ remove: [], add: part(1, 0, ['1']) })
        const refused = await indexParts.change({ remove: ['part:1'], add: part(2, 0, ['1', '2', 'temporary']) })
        expect(refused).toEqual(['conv:2', 'conv:temporary'])
        expect(await indexParts.list()).toEqual([])
        await chat.restoreConversation('conv:2')
        expect(await indexParts.change({ remove: [], add: part(3, 0, ['1', '2']) })).toEqual([])
      }),
    )

    it(
      '[S37] purging a conversation takes every part that names it along, and no other',
      withStorage(setup, async ({ chat, indexParts }) => {
        for (const id of ['conv:1', 'conv:2'] as const) await chat.createConversation(sampleConversation(id))
        await indexParts.change({ remove: [], add: part(1, 0, ['1']) })
        await indexParts.change({ remove: [], add: part(2, 1, ['1', '2']) })
        await indexParts.change({ remove: [], add: part(3, 2, ['2']) })
        await chat.purgeConversation('conv:2')
        expect(await indexParts.list()).toEqual(['part:1'])
      }),
    )

    it(
      '[S38] parts are in no backup, and restoring one leaves none',
      withStorage(setup, async ({ chat, indexParts, backup }) => {
        await chat.addMessage(sampleMessage('msg:1', 'conv:1'), sampleConversation('conv:1'))
        const write = () => new Response(backup.write(() => {}, new AbortController().signal)).blob()
        const without = await (await write()).arrayBuffer()
        await indexParts.change({ remove: [], add: part(1, 0, ['1']) })
        const file = await write()
        expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(without))
        await backup.stage(file, () => {}, new AbortController().signal)
        expect(await indexParts.list()).toEqual(['part:1'])
        await backup.restoreStaged()
        expect(await indexParts.list()).toEqual([])
      }),
    )
  })
}
