import { Dexie } from 'dexie'
import { expect, it } from 'vitest'
import { until } from '#ports/storage.contract.ts'
import { sampleConversation, sampleManifest, sampleMessage, sampleOp } from '#ports/storage.samples.ts'
import type { SecondCopyState, Storage } from '#ports/storage.ts'
import { openStorage, type StorageOptions } from '#storage/open-storage.ts'
import { opfsFiles } from './opfs-files.ts'

let databases = 0
const options = (): StorageOptions => ({ name: `copied-${databases++}`, now: () => 7, ballastBytes: 0, tendCopyAfterMs: 1e9 })

async function fill({ chat, memory }: Storage): Promise<void> {
  await chat.addMessage(sampleMessage('msg:1', 'conv:1', { text: 'é 😀' }), sampleConversation('conv:1'))
  const reply = sampleMessage('msg:2', 'conv:1', { parentId: 'msg:1', role: 'assistant', createdAt: 1001 })
  await chat.finishReply(reply, sampleManifest('msg:2', 'conv:1'))
  await memory.append([sampleOp('op:1', 1)])
}

const textsOf = async ({ chat }: Storage) => (await chat.allMessages('conv:1')).map(({ text }) => text)

function stateOf({ secondCopy }: Storage): SecondCopyState | undefined {
  let now: SecondCopyState | undefined
  secondCopy.observe((state) => {
    now = state
  })()
  return now
}

it('[S28] [S29] a deleted database is made again from the private file system, with and without a snapshot', async () => {
  for (const snapshot of [false, true]) {
    const used = options()
    const before = await openStorage(used)
    await fill(before)
    if (snapshot) {
      await before.secondCopy.renew()
      expect(stateOf(before)).toEqual({ type: 'complete', writtenAt: 7 })
    }
    await before.chat.addMessage(sampleMessage('msg:3', 'conv:1', { parentId: 'msg:2', createdAt: 1002 }))
    before.close()
    await Dexie.delete(used.name)
    localStorage.clear()
    const after = await openStorage(used)
    expect(await textsOf(after)).toEqual(['é 😀', 'text of msg:2', 'text of msg:3'])
    expect(await after.memory.all()).toEqual([sampleOp('op:1', 1)])
    expect((await after.chat.getManifest('msg:2')) !== undefined).toBe(snapshot)
    expect(after.secondCopy.recovery).toMatchObject({ conversations: 1, messages: 3, whole: true })
    expect(await opfsFiles(used.name)?.folders()).toHaveLength(1)
    after.close()
    await Dexie.delete(used.name)
  }
})

it('[S28] of two tabs, each with its journal', async () => {
  const used = options()
  const [one, two] = [await openStorage(used), await openStorage(used)]
  await fill(one)
  await two.chat.addMessage(sampleMessage('msg:3', 'conv:1', { parentId: 'msg:2', createdAt: 1002 }))
  await one.secondCopy.renew()
  await two.chat.addMessage(sampleMessage('msg:4', 'conv:1', { parentId: 'msg:3', createdAt: 1003 }))
  const files = opfsFiles(used.name)
  const [folder = ''] = (await files?.folders()) ?? []
  // The snapshot and the journal of the second tab: both have put away what was before.
  await expect.poll(async () => (await files?.list(folder))?.map(({ name }) => name.replace(/-[^-]*-.*/, ''))).toHaveLength(2)
  one.close()
  two.close()
  await Dexie.delete(used.name)
  const after = await openStorage(used)
  expect(await textsOf(after)).toHaveLength(4)
  expect(after.secondCopy.recovery).toMatchObject({ messages: 4, whole: true })
  after.close()
  await Dexie.delete(used.name)
})

it('[S31] what was removed for good is in no file any more', async () => {
  const used = options()
  const storage = await openStorage(used)
  await fill(storage)
  await storage.chat.purgeConversation('conv:1')
  await until(() => stateOf(storage)?.type === 'complete')
  const files = opfsFiles(used.name)
  const [folder = ''] = (await files?.folders()) ?? []
  await expect.poll(async () => (await files?.list(folder))?.length).toBe(1)
  for (const { name } of (await files?.list(folder)) ?? []) {
    const file = await files?.read(folder, name)
    const text = await new Response(file?.stream().pipeThrough(new DecompressionStream('gzip'))).text()
    expect(text).not.toContain('text of')
  }
  storage.close()
  await Dexie.delete(used.name)
})
