import { readdirSync, readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { until } from '#ports/storage.contract.ts'
import { sampleConversation, sampleDraft, sampleMessage } from '#ports/storage.samples.ts'
import { type Migration, migrations } from './migrations.ts'
import { openStorage, type StorageOptions } from './open-storage.ts'
import type { Row } from './row.ts'
import { fakeOptions } from './testing/fake-database.ts'

/** A database as a released version left it: its declaration and all rows. Never edited once released. */
type Fixture = { readonly version: number; readonly stores: Record<string, string>; readonly rows: Record<string, unknown[]> }

const folder = new URL('./fixtures/', import.meta.url)
const fixtures = readdirSync(folder)
  .sort()
  .map((file): Fixture => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))

/** JSON has no bytes: in a fixture they are base 64. */
function withBytes(row: unknown): unknown {
  const { bytes } = row as { bytes?: { base64: string } }
  return bytes ? { ...(row as object), bytes: new Uint8Array(Buffer.from(bytes.base64, 'base64')) } : row
}

async function build(options: StorageOptions, { version, stores, rows }: Fixture): Promise<void> {
  const { indexedDB, IDBKeyRange } = options
  const db = new Dexie(options.name, { ...(indexedDB ? { indexedDB } : {}), ...(IDBKeyRange ? { IDBKeyRange } : {}) })
  db.version(version).stores(stores)
  await db.open()
  for (const [table, values] of Object.entries(rows)) await db.table(table).bulkAdd(values.map(withBytes))
  db.close()
}

describe('[S21]', () => {
  it('has a frozen fixture of every version', () => {
    expect(fixtures.map(({ version }) => version)).toEqual(migrations.map(({ version }) => version))
    const declared: Record<string, string> = {}
    for (const [index, { version, stores }] of migrations.entries()) {
      Object.assign(declared, stores)
      expect({ version, stores: declared }).toEqual({ version: fixtures[index]?.version, stores: fixtures[index]?.stores })
    }
  })

  it.each(fixtures)('opens, reads and writes a database of version $version', async (fixture) => {
    const options = fakeOptions()
    await build(options, fixture)
    const storage = await openStorage(options)
    const rowsOf = (table: string) => (fixture.rows[table] ?? []) as Row[]
    for (const { id, body } of rowsOf('messages')) expect(await storage.chat.getMessage(id as 'msg:1')).toEqual(JSON.parse(body))
    for (const { id, body } of rowsOf('conversations'))
      expect(await storage.chat.getConversation(id as 'conv:1')).toEqual(JSON.parse(body))
    for (const { id, body } of rowsOf('manifests'))
      expect(await storage.chat.getManifest(id as 'msg:1')).toEqual(JSON.parse(body))
    expect(await storage.memory.all()).toEqual(rowsOf('ops').map(({ body }) => JSON.parse(body)))
    expect(await storage.jobs.list()).toEqual(rowsOf('jobs').map(({ body }) => JSON.parse(body)))
    expect(await storage.chat.listDrafts()).toEqual(rowsOf('drafts').map(({ body }) => JSON.parse(body)))
    for (const { body } of rowsOf('settings')) {
      const { name, value } = JSON.parse(body) as { name: string; value: unknown }
      expect(await storage.settings.get(name)).toEqual(value)
    }
    const parts = rowsOf('indexParts')
    expect(await storage.indexParts.list()).toEqual(parts.map(({ id }) => id))
    for (const part of parts) expect(await storage.indexParts.get(part.id)).toEqual(withBytes(part))
    const [parent] = rowsOf('messages')
    await storage.chat.addMessage(sampleMessage('msg:new', 'conv:1', { parentId: parent?.id as 'msg:1', createdAt: 9000 }))
    expect(await storage.chat.getConversation('conv:1')).toMatchObject({ headId: 'msg:new' })
    storage.close()
  })
})

describe('[S22]', () => {
  const next: Migration = { version: (migrations.at(-1)?.version ?? 0) + 1, stores: { places: 'id' } }

  it('an old tab hears of an upgrade, reads on, and writes nothing', async () => {
    const options = fakeOptions()
    const old = await openStorage(options)
    await old.chat.addMessage(sampleMessage('msg:1', 'conv:1'), sampleConversation('conv:1'))
    let fenced = 0
    old.observeFence(() => fenced++)
    const newer = await openStorage({ ...options, migrations: [...migrations, next] })
    await until(() => fenced > 0)
    const message = sampleMessage('msg:2', 'conv:1', { parentId: 'msg:1' })
    await expect(old.chat.addMessage(message)).rejects.toMatchObject({ type: 'outdated-tab' })
    await expect(old.chat.saveDraft(sampleDraft('msg:2', 'conv:1', 'msg:1'))).rejects.toMatchObject({ type: 'outdated-tab' })
    await expect(old.settings.set('theme', 'dark')).rejects.toMatchObject({ type: 'outdated-tab' })
    await expect(old.memory.append([])).resolves.toBeUndefined()
    await expect(old.backup.restoreStaged()).rejects.toMatchObject({ type: 'not-found' })
    expect(await old.chat.getMessage('msg:1')).toEqual(sampleMessage('msg:1', 'conv:1'))
    await newer.chat.addMessage(message)
    expect(await newer.chat.getConversation('conv:1')).toMatchObject({ headId: 'msg:2', messageCount: 2 })
    expect(await newer.settings.get('theme')).toBeUndefined()
    old.close()
    newer.close()
  })

  it('an old tab that slept through the upgrade is stopped at its first write', async () => {
    const options = fakeOptions()
    const newer = await openStorage({ ...options, migrations: [...migrations, next] })
    await newer.chat.createConversation(sampleConversation('conv:1'))
    newer.close()
    const old = await openStorage(options)
    let fenced = 0
    old.observeFence(() => fenced++)
    await expect(old.chat.addMessage(sampleMessage('msg:1', 'conv:1'))).rejects.toMatchObject({ type: 'outdated-tab' })
    expect(fenced).toBe(1)
    old.close()
  })

  it('an upgrade that fails changes nothing', async () => {
    const options = fakeOptions()
    const before = await openStorage(options)
    await before.chat.addMessage(sampleMessage('msg:1', 'conv:1'), sampleConversation('conv:1'))
    before.close()
    const failing: Migration = {
      ...next,
      async upgrade(transaction) {
        await transaction.table('messages').clear()
        throw new Error('a mistake in an upgrade')
      },
    }
    await expect(openStorage({ ...options, migrations: [...migrations, failing] })).rejects.toMatchObject({
      name: 'StorageError',
    })
    const after = await openStorage(options)
    expect(await after.chat.getMessage('msg:1')).toEqual(sampleMessage('msg:1', 'conv:1'))
    await after.settings.set('still', 'writable')
    after.close()
  })
})
