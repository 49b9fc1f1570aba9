import { Dexie } from 'dexie'
import { IDBFactory } from 'fake-indexeddb'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { until } from '#ports/storage.contract.ts'
import { sampleDraft, sampleMessage } from '#ports/storage.samples.ts'
import { openStorage, type StorageOptions } from '#storage/open-storage.ts'
import { anySteps, everything, runSteps } from '#storage/testing/arbitrary-steps.ts'
import { caseCount } from '#storage/testing/cases.ts'
import { addThird, fill, idsOf, kept, type Setup, setup, stateOf, wiped } from '#storage/testing/copy-place.ts'

describe('[S28]', () => {
  it('what is acknowledged outlives the database, without any mark but the copy', async () => {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    const expected = await kept(before)
    before.close()
    const after = await openStorage(wiped(place))
    expect(await kept(after)).toEqual(expected)
    expect(await after.settings.get('theme')).toBe('dark')
    expect(await after.settings.get('device:remote-key'), '[S39]').toBeUndefined()
    expect(after.secondCopy.recovery).toEqual({ conversations: 1, messages: 2, upTo: 7, whole: true })
    after.close()
  })

  it('also with a snapshot, which holds receipts as well', async () => {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    await before.secondCopy.renew()
    await addThird(before)
    before.close()
    const second = await openStorage(place.options)
    await second.chat.updateConversation('conv:1', { title: 'Renamed' })
    const expected = await everything(second)
    second.close()
    const after = await openStorage(wiped(place))
    expect(await everything(after)).toEqual(expected)
    after.close()
  })

  it('after any calls, with a look at the copy in between or not', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, anySteps, fc.boolean(), async (first, then, look) => {
        const place = setup()
        const before = await openStorage(place.options)
        await runSteps(before, first)
        if (look) await before.secondCopy.renew()
        await runSteps(before, then)
        for (const { id } of await before.chat.listDeleted(Number.MAX_SAFE_INTEGER)) await before.chat.purgeConversation(id)
        const expected = await kept(before)
        before.close()
        const after = await openStorage(wiped(place))
        expect(await kept(after)).toEqual(expected)
        after.close()
      }),
      { numRuns: caseCount(60) },
    )
  }, 3_600_000)

  it('a database may be lost again and again', async () => {
    const place = setup()
    const first = await openStorage(place.options)
    await fill(first)
    first.close()
    const second = await openStorage(wiped(place))
    await addThird(second)
    second.close()
    const third = await openStorage(wiped(place))
    expect(await idsOf(third)).toEqual(['msg:1', 'msg:2', 'msg:3'])
    expect(third.secondCopy.recovery).toMatchObject({ messages: 3, whole: true })
    third.close()
    const fourth = await openStorage(wiped(place))
    expect(await idsOf(fourth)).toEqual(['msg:1', 'msg:2', 'msg:3'])
    expect(await place.files.folders()).toHaveLength(1)
    fourth.close()
  })

  it('of two tabs, in the order in which they wrote', async () => {
    const place = setup()
    const [one, two] = [await openStorage(place.options), await openStorage(place.options)]
    await fill(one)
    await addThird(two)
    await one.chat.updateConversation('conv:1', { title: 'by one' })
    await two.chat.updateConversation('conv:1', { title: 'by two' })
    await one.secondCopy.renew()
    await two.chat.updateConversation('conv:1', { title: 'by two, later' })
    const expected = await kept(one)
    one.close()
    two.close()
    const after = await openStorage(wiped(place))
    expect(await kept(after)).toEqual(expected)
    expect(after.secondCopy.recovery).toMatchObject({ whole: true })
    after.close()
  })
})

describe('[S29]', () => {
  /** A copy with a snapshot of two messages, and a journal with a third and a fourth. */
  async function filledPlace(): Promise<Setup> {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    await before.secondCopy.renew()
    await addThird(before)
    await before.chat.addMessage(sampleMessage('msg:4', 'conv:1', { parentId: 'msg:3', createdAt: 4 }))
    before.close()
    return place
  }

  const fileOf = ({ files }: Setup, type: string) => [...files.all].find(([path]) => path.includes(`/${type}-`))?.[1]

  it('a torn or damaged line is left out, and the loss is told', async () => {
    for (const cut of [1, 40]) {
      const place = await filledPlace()
      const journal = fileOf(place, 'journal')
      if (journal) journal.bytes = journal.bytes.slice(0, -cut)
      const after = await openStorage(wiped(place))
      expect(await idsOf(after)).toEqual(['msg:1', 'msg:2', 'msg:3'])
      // The last line is missing: nothing in the copy tells that it ever was.
      expect(after.secondCopy.recovery).toMatchObject({ messages: 3, whole: true })
      after.close()
    }
    const place = await filledPlace()
    const journal = fileOf(place, 'journal')
    if (journal) journal.bytes[30] = (journal.bytes[30] ?? 0) ^ 1
    const after = await openStorage(wiped(place))
    expect(await idsOf(after)).toEqual(['msg:1', 'msg:2', 'msg:4'])
    expect(after.secondCopy.recovery).toMatchObject({ messages: 3, whole: false })
    expect(await after.chat.getConversation('conv:1')).toMatchObject({ headId: 'msg:4', messageCount: 3 })
    after.close()
  })

  it('never shows altered values, whichever byte is flipped', async () => {
    const place = await filledPlace()
    const files = [...place.files.all.keys()]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), async (path, at, flip) => {
        const copy = setup()
        for (const [name, { bytes, changedAt }] of place.files.all) copy.files.all.set(name, { bytes: bytes.slice(), changedAt })
        const spoiled = copy.files.all.get(path)?.bytes ?? new Uint8Array()
        spoiled[at % spoiled.length] = (spoiled[at % spoiled.length] ?? 0) ^ flip
        const after = await openStorage(copy.options)
        for (const message of await after.chat.allMessages('conv:1'))
          expect(message.text).toBe(message.id === 'msg:1' ? 'first é 😀' : `text of ${message.id}`)
        // What was after the snapshot does not depend on it.
        if (path.includes('snapshot')) expect(await idsOf(after)).toEqual(expect.arrayContaining(['msg:3', 'msg:4']))
        after.close()
      }),
      { numRuns: caseCount(60) },
    )
  })

  it('a snapshot that was cut off while it was written does not hide the one before', async () => {
    const place = await filledPlace()
    const [path, { bytes }] = [...place.files.all].find(([name]) => name.includes('/snapshot-')) ?? [
      '',
      { bytes: new Uint8Array() },
    ]
    place.files.all.set(path.replace(/snapshot-.*/, 'snapshot-9-99'), { bytes: bytes.slice(0, 50), changedAt: 99 })
    const after = await openStorage(wiped(place))
    expect(await idsOf(after)).toEqual(['msg:1', 'msg:2', 'msg:3', 'msg:4'])
    expect(after.secondCopy.recovery).toMatchObject({ whole: true })
    after.close()
  })

  it('a change that was committed but not told is found missing, and a snapshot mends it', async () => {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    place.files.all.clear()
    await addThird(before)
    before.close()
    const next = await openStorage({ ...place.options, tendCopyAfterMs: 0 })
    expect(stateOf(next)).toEqual({ type: 'none', reason: 'starting' })
    await until(() => stateOf(next).type === 'complete')
    next.close()
    const after = await openStorage(wiped(place))
    expect(await idsOf(after)).toEqual(['msg:1', 'msg:2', 'msg:3'])
    after.close()
  })
})

describe('[S34]', () => {
  /** The database as it was at the moment of the call, in a place of its own. */
  async function copyDatabase({ options }: Setup): Promise<StorageOptions> {
    const target = { ...options, indexedDB: new IDBFactory() }
    const made = await openStorage({ ...target, copyFiles: 'none' })
    made.close()
    const [from, to] = [rawDatabase(options), rawDatabase(target)]
    await Promise.all([from.open(), to.open()])
    for (const { name } of from.tables) {
      await to.table(name).clear()
      await to.table(name).bulkPut(await from.table(name).toArray())
    }
    from.close()
    to.close()
    return target
  }

  const rawDatabase = ({ name, indexedDB, IDBKeyRange }: StorageOptions) =>
    new Dexie(name, { ...(indexedDB ? { indexedDB } : {}), ...(IDBKeyRange ? { IDBKeyRange } : {}) })

  it.each([false, true])('commits that the browser took back are put back, snapshot in between: %s', async (snapshot) => {
    const place = setup()
    const before = await openStorage(place.options)
    await fill(before)
    await before.chat.saveDraft(sampleDraft('msg:3', 'conv:1', 'msg:2'))
    const earlier = await copyDatabase(place)
    await addThird(before)
    if (snapshot) await before.secondCopy.renew()
    await before.chat.addMessage(sampleMessage('msg:4', 'conv:1', { parentId: 'msg:3', createdAt: 4 }))
    const expected = await kept(before)
    before.close()
    const after = await openStorage(earlier)
    expect(await kept(after)).toEqual(expected)
    expect(await after.chat.listDrafts()).toEqual([])
    expect(after.secondCopy.recovery).toMatchObject({ messages: 2, whole: true })
    expect(stateOf(after)).toEqual({ type: 'none', reason: 'starting' })
    await after.chat.addMessage(sampleMessage('msg:5', 'conv:1', { parentId: 'msg:4', createdAt: 5 }))
    const more = await kept(after)
    after.close()
    const again = await openStorage(earlier)
    expect(again.secondCopy.recovery).toBeUndefined()
    again.close()
    const last = await openStorage(wiped(place))
    expect(await kept(last)).toEqual(more)
    expect(last.secondCopy.recovery).toMatchObject({ whole: true })
    last.close()
  })
})
