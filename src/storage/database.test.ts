import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { sampleConversation, sampleMessage } from '#ports/storage.samples.ts'
import { ballastTable, layBallast } from './ballast.ts'
import { connect } from './connect.ts'
import { createDatabase, type Database } from './database.ts'
import { migrations } from './migrations.ts'
import { openStorage } from './open-storage.ts'
import type { SentinelPlace } from './sentinel.ts'
import { fakeOptions } from './testing/fake-database.ts'

async function open(): Promise<Database> {
  const { name, now, ...source } = fakeOptions()
  const { connections, identity } = await connect(name, migrations, () => 'uuid', source)
  return createDatabase(name, connections, identity, now)
}

const named = (name: string, message = '') => Object.assign(new Error(message), { name })

/** Fails as often as told, then succeeds. */
function failing(times: number, error: Error) {
  let calls = 0
  return {
    calls: () => calls,
    action: async () => {
      calls++
      if (calls <= times) throw error
      return 'done'
    },
  }
}

describe('[S19]', () => {
  const lost = named('UnknownError', 'Connection to Indexed Database server lost. Refresh the page to try again')

  it('makes a call again after the connection was lost', async () => {
    const database = await open()
    const { action, calls } = failing(3, lost)
    expect(await database.read(['settings'], action)).toBe('done')
    expect(calls()).toBe(4)
    database.close()
  })

  it('gives up after the third time, and at once for other errors', async () => {
    const database = await open()
    const often = failing(9, lost)
    await expect(database.write('relaxed', ['settings'], often.action)).rejects.toMatchObject({ type: 'connection-lost' })
    expect(often.calls()).toBe(4)
    const broken = failing(9, named('UnknownError', 'Seek failure'))
    await expect(database.write('relaxed', ['settings'], broken.action)).rejects.toMatchObject({ type: 'corrupt' })
    expect(broken.calls()).toBe(1)
    database.close()
  })

  it('comes back when the browser closed the connection, and stays closed when told to', async () => {
    const database = await open()
    database.connections.relaxed.backendDB().close()
    database.connections.strict.backendDB().close()
    const put = () => database.write('strict', ['ballast'], (tables) => tables.raw(ballastTable).put({ id: 'x' }))
    await put()
    expect(await database.read(['ballast'], (tables) => tables.raw(ballastTable).count())).toBe(1)
    database.close()
    await expect(put()).rejects.toMatchObject({ type: 'connection-lost' })
  })
})

describe('[S20]', () => {
  const full = new Dexie.AbortError('Transaction aborted', named('QuotaExceededError'))

  it('gives the ballast up for a message that does not fit, once', async () => {
    const database = await open()
    await layBallast(database, 100)
    const first = failing(1, full)
    expect(await database.writeAlways(['settings'], first.action)).toBe('done')
    expect(await database.read([ballastTable], (tables) => tables.raw(ballastTable).count())).toBe(0)
    const second = failing(1, full)
    await expect(database.writeAlways(['settings'], second.action)).rejects.toMatchObject({ type: 'quota' })
    expect(second.calls()).toBe(1)
    await layBallast(database, 100)
    const hopeless = failing(9, full)
    await expect(database.writeAlways(['settings'], hopeless.action)).rejects.toMatchObject({ type: 'quota' })
    expect(hopeless.calls()).toBe(2)
    database.close()
  })
})

describe('[S18]', () => {
  function place(): SentinelPlace {
    const values = new Map<string, string>()
    return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) }
  }

  it('finds out that a database with data was replaced by an empty one', async () => {
    const sentinelPlace = place()
    const options = fakeOptions({ sentinelPlace })
    const storage = await openStorage(options)
    await storage.chat.addMessage(sampleMessage('msg:1', 'conv:1'), sampleConversation('conv:1'))
    storage.close()
    const again = await openStorage(options)
    again.close()
    const emptied = fakeOptions({ sentinelPlace, name: options.name })
    await expect(openStorage(emptied)).rejects.toMatchObject({ type: 'wiped' })
    await expect(openStorage(emptied)).rejects.toMatchObject({ type: 'wiped' })
    const accepted = await openStorage({ ...emptied, acceptWipe: true })
    accepted.close()
    const from = await openStorage(emptied)
    from.close()
  })

  it('writes nothing into a database that was made anew under an open tab', async () => {
    const options = fakeOptions()
    const storage = await openStorage(options)
    const { indexedDB, IDBKeyRange, name } = options
    await new Dexie(name, { ...(indexedDB ? { indexedDB } : {}), ...(IDBKeyRange ? { IDBKeyRange } : {}) }).delete()
    const message = sampleMessage('msg:1', 'conv:1')
    await expect(storage.chat.addMessage(message, sampleConversation('conv:1'))).rejects.toMatchObject({ type: 'wiped' })
    storage.close()
  })

  it('does not mind the loss of a database that held nothing, nor of the mark', async () => {
    const sentinelPlace = place()
    const options = fakeOptions({ sentinelPlace })
    const storage = await openStorage(options)
    storage.close()
    const other = await openStorage(fakeOptions({ sentinelPlace, name: options.name }))
    await other.chat.createConversation(sampleConversation('conv:1'))
    other.close()
    const unmarked = await openStorage({ ...options, sentinelPlace: place() })
    unmarked.close()
  })
})

it('[S8] never stores a temporary conversation', async () => {
  const storage = await openStorage(fakeOptions())
  const temporary = sampleConversation('conv:1', { temporary: true })
  await expect(storage.chat.createConversation(temporary)).rejects.toThrow('temporary')
  await expect(storage.chat.addMessage(sampleMessage('msg:1', 'conv:1'), temporary)).rejects.toThrow('temporary')
  expect(await storage.chat.getConversation('conv:1')).toBeUndefined()
  storage.close()
})

it('[S6] leaves out drafts of living tabs, where the platform can tell', async () => {
  const held = new Set<string>()
  const locks = {
    request: async (name: string, run: unknown) => {
      held.add(name)
      await (run as () => Promise<void>)()
      held.delete(name)
    },
    query: async () => ({ held: [...held].map((name) => ({ name })) }),
  } as unknown as LockManager
  const options = fakeOptions({ locks })
  const [one, two] = [await openStorage(options), await openStorage(options)]
  await one.chat.addMessage(sampleMessage('msg:1', 'conv:1'), sampleConversation('conv:1'))
  await one.chat.saveDraft({ id: 'msg:2', conversationId: 'conv:1', parentId: 'msg:1', text: 'x', createdAt: 1, modelId: 'm' })
  expect(await one.chat.listDrafts()).toEqual([])
  expect(await two.chat.listDrafts()).toEqual([])
  one.close()
  await Promise.resolve()
  expect((await two.chat.listDrafts()).map(({ id }) => id)).toEqual(['msg:2'])
  two.close()
})
