import { Dexie } from 'dexie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupBytes } from '#ports/backup.contract.ts'
import { until } from '#ports/storage.contract.ts'
import { sampleConversation, sampleDraft, sampleManifest, sampleMessage, sampleOp } from '#ports/storage.samples.ts'
import type { DamagedRow, Storage } from '#ports/storage.ts'
import { openStorage, type StorageOptions } from './open-storage.ts'
import { decodeRow, encodeRow } from './row.ts'
import { caseCount } from './testing/cases.ts'
import { fakeOptions } from './testing/fake-database.ts'

type Raw = Record<string, unknown>

/** A storage with three messages, and a way to spoil its rows behind its back. */
async function filled() {
  const options = fakeOptions()
  const storage = await openStorage(options)
  const { chat, memory } = storage
  await chat.addMessage(sampleMessage('msg:1', 'conv:1', { createdAt: 1 }), sampleConversation('conv:1', { title: 'Mine' }))
  const reply = sampleMessage('msg:2', 'conv:1', { parentId: 'msg:1', role: 'assistant', createdAt: 2 })
  await chat.finishReply(reply, sampleManifest('msg:2', 'conv:1'))
  await chat.addMessage(sampleMessage('msg:3', 'conv:1', { parentId: 'msg:2', createdAt: 3 }))
  await chat.saveDraft(sampleDraft('msg:4', 'conv:1', 'msg:3'))
  await memory.append([sampleOp('op:1', 1), sampleOp('op:2', 2)])
  const damaged: DamagedRow[] = []
  chat.observeDamage((rows) => damaged.splice(0, damaged.length, ...rows))
  return { options, storage, damaged }
}

async function raw<Result>(options: StorageOptions, action: (db: Dexie) => PromiseLike<Result>): Promise<Result> {
  const { indexedDB, IDBKeyRange } = options
  const db = new Dexie(options.name, { ...(indexedDB ? { indexedDB } : {}), ...(IDBKeyRange ? { IDBKeyRange } : {}) })
  await db.open()
  const result = await action(db)
  db.close()
  return result
}

const spoil = (options: StorageOptions, table: string, key: string, change: Raw) =>
  raw(options, (db) => db.table(table).where(':id').equals(key).modify(change))

describe('[S37]', () => {
  it.each([
    ['messages', 'msg:2', { body: 'spoiled' }],
    ['conversations', 'conv:1', { crc: 1 }],
  ])(
    'what is set aside of %s takes the parts of the search index along that name its conversation',
    async (table, key, change) => {
      const { options, storage, damaged } = await filled()
      await storage.chat.createConversation(sampleConversation('conv:2'))
      for (const name of ['conv:1', 'conv:2'] as const)
        await storage.indexParts.change({
          remove: [],
          add: { id: `part:${name}`, order: 0, conversationIds: [name], bytes: Uint8Array.of(1) },
        })
      await spoil(options, table, key, change)
      await storage.chat.getMessages(['msg:2'])
      await storage.chat.getConversation('conv:1')
      await until(() => damaged.length > 0)
      expect(await storage.indexParts.list()).toEqual(['part:conv:2'])
      storage.close()
    },
  )
})

describe('[S17]', () => {
  it('finds every flipped bit of a row', () => {
    const row = encodeRow('messages', sampleMessage('msg:1', 'conv:1', { text: 'é 😀' }))
    fc.assert(
      fc.property(fc.nat({ max: row.body.length - 1 }), fc.integer({ min: 0, max: 15 }), (at, bit) => {
        const unit = String.fromCharCode(row.body.charCodeAt(at) ^ (1 << bit))
        const body = row.body.slice(0, at) + unit + row.body.slice(at + 1)
        expect(decodeRow('messages', { ...row, body }).type).toBe('damaged')
      }),
      { numRuns: caseCount(500) },
    )
    for (const bad of [undefined, null, 7, {}, { ...row, crc: row.crc + 1 }, { ...row, id: 'msg:2' }])
      expect(decodeRow('messages', bad).type).toBe('damaged')
    expect(decodeRow('ops', row).type).toBe('damaged')
    expect(decodeRow('messages', { ...row, createdAt: 5 })).toEqual({ type: 'misfiled', row })
    expect(decodeRow('messages', row).type).toBe('good')
  })

  it.each([
    ['messages', 'msg:3', (s: Storage) => s.chat.getMessage('msg:3'), undefined],
    ['manifests', 'msg:2', (s: Storage) => s.chat.getManifest('msg:2'), undefined],
    ['drafts', 'msg:4', (s: Storage) => s.chat.listDrafts(), []],
    ['ops', 'op:2', (s: Storage) => s.memory.all(), [sampleOp('op:1', 1)]],
  ] as const)('sets a damaged row of %s aside and reports it', async (table, key, read, left) => {
    const { options, storage, damaged } = await filled()
    await spoil(options, table, key, { body: '{"changed":true}' })
    expect(await read(storage)).toEqual(left)
    await until(() => damaged.length === 1)
    expect(damaged).toEqual([{ table, key, foundAt: 7 }])
    expect(await raw(options, (db) => db.table(table).get(key))).toBeUndefined()
    expect(await raw(options, (db) => db.table('quarantine').get([table, key]))).toMatchObject({
      row: { body: '{"changed":true}' },
    })
    storage.close()
  })

  it('cuts a branch at a damaged message and gives the conversation a head that exists', async () => {
    const { options, storage, damaged } = await filled()
    await spoil(options, 'messages', 'msg:3', { crc: 1 })
    expect(await storage.chat.pathTail('conv:1', 'msg:3', 10)).toEqual({ messages: [], complete: true })
    await until(() => damaged.length === 1)
    expect(await storage.chat.getConversation('conv:1')).toMatchObject({ title: 'Mine', headId: 'msg:2', messageCount: 2 })
    storage.close()
  })

  it('reports a parent that is not there at all', async () => {
    const { options, storage, damaged } = await filled()
    await raw(options, (db) => db.table('messages').delete('msg:2'))
    expect((await storage.chat.pathTail('conv:1', 'msg:3', 10)).messages.map(({ id }) => id)).toEqual(['msg:3'])
    await until(() => damaged.length === 1)
    expect(damaged).toEqual([{ table: 'messages', key: 'msg:2', foundAt: 7 }])
    storage.close()
  })

  it('files a whole message anew whose index was wrong', async () => {
    const { options, storage } = await filled()
    await spoil(options, 'messages', 'msg:2', { conversationId: 'conv:9', createdAt: 99 })
    expect(await storage.chat.getMessage('msg:2')).toBeUndefined()
    let message = await storage.chat.getMessage('msg:2')
    while (!message) message = await storage.chat.getMessage('msg:2')
    expect((await storage.chat.allMessages('conv:1')).map(({ id }) => id)).toEqual(['msg:1', 'msg:2', 'msg:3'])
    storage.close()
  })

  it('rebuilds a conversation from its messages, with memory off', async () => {
    const { options, storage, damaged } = await filled()
    await spoil(options, 'conversations', 'conv:1', { body: '' })
    expect(await storage.chat.getConversation('conv:1')).toBeUndefined()
    await until(() => damaged.length === 1)
    expect(await storage.chat.getConversation('conv:1')).toEqual(
      sampleConversation('conv:1', {
        title: 'Recovered conversation',
        createdAt: 1,
        updatedAt: 3,
        headId: 'msg:3',
        memory: false,
        messageCount: 3,
      }),
    )
    storage.close()
  })

  it('[S12] purging removes what was set aside', async () => {
    const { options, storage, damaged } = await filled()
    await spoil(options, 'messages', 'msg:3', { crc: 1 })
    await storage.chat.allMessages('conv:1')
    await until(() => damaged.length === 1)
    await storage.chat.purgeConversation('conv:1')
    expect(await raw(options, (db) => db.table('quarantine').count())).toBe(0)
    storage.close()
  })

  it('[S27] a backup of a damaged database can be restored, and still tells what was lost', async () => {
    const { options, storage } = await filled()
    await spoil(options, 'messages', 'msg:2', { crc: 1 })
    const bytes = await backupBytes(storage)
    const other = await openStorage(fakeOptions())
    await other.backup.stage(new Blob([bytes]), () => {}, new AbortController().signal)
    await other.backup.restoreStaged()
    const damaged: DamagedRow[] = []
    other.chat.observeDamage((rows) => damaged.push(...rows))
    await until(() => damaged.length > 0)
    expect(damaged).toEqual([{ table: 'messages', key: 'msg:2', foundAt: 7 }])
    expect(await backupBytes(other)).toEqual(await backupBytes(storage))
    storage.close()
    other.close()
  })
})
