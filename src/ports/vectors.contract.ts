import { describe, expect, it } from 'vitest'
import { type StorageSetup, withStorage } from './storage.contract.ts'
import { sampleConversation, sampleMessage } from './storage.samples.ts'
import type { StoredVector, VectorRepository } from './storage.ts'

const vector = (id: StoredVector['id'], conversationId: StoredVector['conversationId'], ...values: number[]): StoredVector => ({
  id,
  conversationId,
  vector: Int8Array.from(values),
})

const ids: readonly StoredVector['id'][] = ['msg:3', 'msg:none', 'msg:1', 'msg:2']
const all = async (vectors: VectorRepository, embedder: string) =>
  (await vectors.get(embedder, ids)).toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** What every VectorRepository does (rule S36 of src/storage/SPEC.md). */
export function describeVectorRepositoryContract(name: string, setup: () => Promise<StorageSetup>): void {
  describe(`VectorRepository: ${name}`, () => {
    const first = vector('msg:1', 'conv:1', 3, -4)
    const second = vector('msg:2', 'conv:2', 127, 0)
    const third = vector('msg:3', 'conv:2', 0, 5)
    const prepared = (use: Parameters<typeof withStorage>[1]) =>
      withStorage(setup, async (storage, parts) => {
        await storage.chat.addMessage(sampleMessage('msg:1', 'conv:1'), sampleConversation('conv:1'))
        await storage.chat.addMessage(sampleMessage('msg:2', 'conv:2'), sampleConversation('conv:2'))
        await storage.chat.addMessage(sampleMessage('msg:3', 'conv:2', { parentId: 'msg:2' }))
        await use(storage, parts)
      })

    it(
      '[S36] keeps vectors of stored messages by embedder, the last one of each message',
      prepared(async ({ vectors }, { reopen }) => {
        await vectors.put('old', [third])
        await vectors.put('new', [vector('msg:2', 'conv:2', 1, 1), vector('msg:none', 'conv:1', 9, 9)])
        await vectors.put('new', [second, first])
        const again = (await reopen()).vectors
        expect(await all(again, 'new')).toEqual([first, second])
        expect(await all(again, 'old')).toEqual([third])
        await again.removeOthers('new')
        expect(await all(again, 'old')).toEqual([])
        expect(await all(again, 'new')).toEqual([first, second])
        await again.removeOthers(undefined)
        expect(await all(again, 'new')).toEqual([])
      }),
    )

    it(
      '[S36] removes the vectors of a purged conversation, and takes none for it any more',
      prepared(async ({ chat, vectors }) => {
        await vectors.put('new', [first, second, third])
        await chat.purgeConversation('conv:2')
        await vectors.put('new', [third])
        expect(await all(vectors, 'new')).toEqual([first])
      }),
    )

    it(
      '[S36] puts no vector into a backup and keeps none when one is restored',
      prepared(async ({ backup, vectors }) => {
        const file = async () => new Response(backup.write(() => {}, new AbortController().signal)).arrayBuffer()
        const before = await file()
        await vectors.put('new', [first])
        expect(new Uint8Array(await file())).toEqual(new Uint8Array(before))
        await backup.stage(new Blob([before]), () => {}, new AbortController().signal)
        await backup.restoreStaged()
        expect(await all(vectors, 'new')).toEqual([])
      }),
    )
  })
}
