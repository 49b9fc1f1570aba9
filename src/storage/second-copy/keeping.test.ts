import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { backupBytes } from '#ports/backup.contract.ts'
import { until } from '#ports/storage.contract.ts'
import { sampleConversation, sampleMessage } from '#ports/storage.samples.ts'
import { openStorage } from '#storage/open-storage.ts'
import { addThird, fill, idsOf, type Setup, setup, stateOf, wiped } from '#storage/testing/copy-place.ts'
import { fakeOptions } from '#storage/testing/fake-database.ts'
import { memoryFiles } from '#storage/testing/memory-files.ts'

describe('[S30]', () => {
  it('a place that fails fails no call; the state tells, and it is mended when it works again', async () => {
    const place = setup()
    const storage = await openStorage(place.options)
    place.files.appending = 'fails'
    await fill(storage)
    expect(await idsOf(storage)).toEqual(['msg:1', 'msg:2'])
    expect(stateOf(storage)).toEqual({ type: 'none', reason: 'behind' })
    await storage.secondCopy.renew()
    expect(stateOf(storage)).toEqual({ type: 'none', reason: 'behind' })
    place.files.appending = 'works'
    await storage.secondCopy.renew()
    expect(stateOf(storage)).toEqual({ type: 'complete', writtenAt: 7 })
    storage.close()
    const after = await openStorage(wiped(place))
    expect(await idsOf(after)).toEqual(['msg:1', 'msg:2'])
    after.close()
  })

  it('a place that hangs holds up a call for two seconds at most', async () => {
    const place = setup()
    const storage = await openStorage(place.options)
    place.files.appending = 'hangs'
    const start = Date.now()
    await storage.chat.createConversation(sampleConversation('conv:1'))
    expect(Date.now() - start).toBeLessThan(10_000)
    expect(stateOf(storage)).toEqual({ type: 'none', reason: 'behind' })
    storage.close()
  })

  it('without a place there is no copy, and nobody says so', async () => {
    for (const copyFiles of ['none', { ...memoryFiles(), folders: () => Promise.reject(new Error('not here')) }] as const) {
      const storage = await openStorage(fakeOptions({ copyFiles, tendCopyAfterMs: 0 }))
      await fill(storage)
      expect(stateOf(storage)).toEqual({ type: 'none', reason: 'unsupported' })
      storage.close()
    }
  })

  it('is complete only once it was looked at, and again after every change', async () => {
    const place = setup()
    const first = await openStorage({ ...place.options, tendCopyAfterMs: 0 })
    await until(() => stateOf(first).type === 'complete')
    await fill(first)
    expect(stateOf(first)).toEqual({ type: 'complete', writtenAt: 7 })
    first.close()
    for (const path of [...place.files.all.keys()]) place.files.all.delete(path)
    place.files.appending = 'fails'
    const second = await openStorage({ ...place.options, tendCopyAfterMs: 0 })
    await until(() => stateOf(second).type === 'none' && JSON.stringify(stateOf(second)).includes('behind'))
    second.close()
  })
})

describe('[S31]', () => {
  it('what was removed for good is gone from the copy soon, and never comes back', async () => {
    const place = setup()
    const storage = await openStorage(place.options)
    await fill(storage)
    await storage.secondCopy.renew()
    await addThird(storage)
    await storage.chat.addMessage(sampleMessage('msg:9', 'conv:9', { text: 'stays' }), sampleConversation('conv:9'))
    expect(await place.files.text()).toContain('text of msg:3')
    await storage.chat.purgeConversation('conv:1')
    await until(() => [...place.files.all.keys()].some((path) => path.includes('/snapshot-2-')))
    await until(() => stateOf(storage).type === 'complete' && place.files.all.size === 1)
    expect(await place.files.text()).not.toMatch(/text of msg:[1-3]|first/)
    expect(await place.files.text()).toContain('stays')
    storage.close()
    const after = await openStorage(wiped(place))
    expect(await after.chat.getConversation('conv:1')).toBeUndefined()
    expect(await after.chat.getConversation('conv:9')).toBeDefined()
    after.close()
  })

  it('also where the tab ended before the copy was written anew', async () => {
    const place = setup()
    const storage = await openStorage(place.options)
    await fill(storage)
    await storage.secondCopy.renew()
    await storage.chat.purgeConversation('conv:1')
    storage.close()
    const lost = { ...place, files: memoryFiles() }
    for (const [path, file] of place.files.all) lost.files.all.set(path, { ...file })
    const after = await openStorage({ ...wiped(place), copyFiles: lost.files })
    expect(await after.chat.getConversation('conv:1')).toBeUndefined()
    expect(await after.chat.getManifest('msg:2')).toBeUndefined()
    after.close()
    const next = await openStorage({ ...place.options, tendCopyAfterMs: 0 })
    await until(() => stateOf(next).type === 'complete')
    expect(await place.files.text()).not.toContain('text of msg:2')
    next.close()
  })

  it('a deleted conversation can be taken back after a snapshot, and does not come back by itself', async () => {
    const place = setup()
    const storage = await openStorage(place.options)
    await fill(storage)
    await storage.chat.updateConversation('conv:1', { deletedAt: 5 })
    await storage.secondCopy.renew()
    const copy = memoryFiles()
    for (const [path, file] of place.files.all) copy.all.set(path, { ...file })
    await storage.chat.restoreConversation('conv:1')
    storage.close()
    const taken = await openStorage(wiped(place))
    expect(await idsOf(taken)).toEqual(['msg:1', 'msg:2'])
    taken.close()
    const left = await openStorage({ ...wiped(place), copyFiles: copy })
    expect(await left.chat.getConversation('conv:1')).toBeUndefined()
    expect(await idsOf(left)).toEqual([])
    left.close()
  })

  it('temporary conversations never reach it', async () => {
    const place = setup()
    const storage = await openStorage(place.options)
    const temporary = sampleConversation('conv:1', { temporary: true })
    await expect(storage.chat.addMessage(sampleMessage('msg:1', 'conv:1'), temporary)).rejects.toThrow('temporary')
    expect(place.files.all.size).toBe(0)
    storage.close()
  })
})

describe('[S32]', () => {
  it('is put back once, also where the new copy cannot be written at first', async () => {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    before.close()
    const options = wiped(place)
    place.files.appending = 'fails'
    const first = await openStorage(options)
    expect(await idsOf(first)).toEqual(['msg:1', 'msg:2'])
    await first.chat.purgeConversation('conv:1')
    first.close()
    place.files.appending = 'works'
    const second = await openStorage({ ...options, tendCopyAfterMs: 0 })
    expect(second.secondCopy.recovery).toBeUndefined()
    expect(await idsOf(second)).toEqual([])
    await until(() => stateOf(second).type === 'complete')
    expect(await place.files.folders()).toHaveLength(1)
    second.close()
  })

  it('of two tabs that start at once, one puts it back and both see it', async () => {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    before.close()
    const options = wiped(place)
    const tabs = await Promise.all([openStorage(options), openStorage(options)])
    for (const tab of tabs) expect(await idsOf(tab)).toEqual(['msg:1', 'msg:2'])
    for (const tab of tabs) tab.close()
  })

  it('is added to a database that is in use already', async () => {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    before.close()
    const options = wiped(place)
    const without = await openStorage({ ...options, copyFiles: 'none' })
    await without.chat.addMessage(sampleMessage('msg:9', 'conv:9'), sampleConversation('conv:9'))
    without.close()
    const after = await openStorage(options)
    expect(await idsOf(after)).toEqual(['msg:1', 'msg:2'])
    expect(await after.chat.getMessage('msg:9')).toBeDefined()
    expect(after.secondCopy.recovery).toMatchObject({ messages: 2, conversations: 1 })
    after.close()
  })
})

describe('[S33]', () => {
  async function backupOf(id: 'conv:b'): Promise<Blob> {
    const other = await openStorage(fakeOptions())
    await other.chat.addMessage(sampleMessage('msg:b', id), sampleConversation(id))
    const bytes = await backupBytes(other)
    other.close()
    return new Blob([bytes])
  }

  it('the copy follows when a backup is restored', async () => {
    const place = setup()
    const storage = await openStorage(place.options)
    await fill(storage)
    await storage.backup.stage(await backupOf('conv:b'), () => {}, new AbortController().signal)
    await storage.backup.restoreStaged()
    expect(await place.files.text()).not.toContain('text of msg:2')
    storage.close()
    const after = await openStorage(wiped(place))
    expect(await after.chat.getMessage('msg:b')).toBeDefined()
    expect(await idsOf(after)).toEqual([])
    after.close()
  })

  /** A lost database whose copy cannot be read. */
  async function unreadable(): Promise<Setup> {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    before.close()
    for (const file of place.files.all.values()) file.bytes.fill(0)
    return { ...place, options: wiped(place) }
  }

  it('a copy that cannot be read is a wipe, until the user goes on with an empty database', async () => {
    const { files, options } = await unreadable()
    for (let n = 0; n < 2; n++) await expect(openStorage(options)).rejects.toMatchObject({ type: 'wiped' })
    const empty = await openStorage({ ...options, acceptWipe: true })
    expect(await idsOf(empty)).toEqual([])
    expect(files.all.size).toBe(0)
    empty.close()
    const next = await openStorage(options)
    next.close()
  })

  it('or restores a backup, which must be a good one', async () => {
    const { options } = await unreadable()
    const bad = openStorage({ ...options, restoreAfterWipe: new Blob(['no backup']) })
    await expect(bad).rejects.toMatchObject({ type: 'bad-backup' })
    await expect(openStorage(options)).rejects.toMatchObject({ type: 'wiped' })
    const restored = await openStorage({ ...options, restoreAfterWipe: await backupOf('conv:b') })
    expect(await restored.chat.getMessage('msg:b')).toBeDefined()
    restored.close()
    const after = await openStorage({ ...options, indexedDB: new IDBFactory() })
    expect(await after.chat.getMessage('msg:b')).toBeDefined()
    after.close()
  })
})
