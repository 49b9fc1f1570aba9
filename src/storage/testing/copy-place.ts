import { IDBFactory } from 'fake-indexeddb'
import { sampleConversation, sampleManifest, sampleMessage, sampleOp } from '#ports/storage.samples.ts'
import type { SecondCopyState, Storage } from '#ports/storage.ts'
import type { StorageOptions } from '#storage/open-storage.ts'
import { everything } from './arbitrary-steps.ts'
import { fakeOptions } from './fake-database.ts'
import { type MemoryFiles, memoryFiles } from './memory-files.ts'

export type Setup = { readonly files: MemoryFiles; readonly options: StorageOptions }

/** A place for the copy, and a database; nothing looks at the copy by itself. */
export function setup(): Setup {
  const files = memoryFiles()
  return { files, options: fakeOptions({ copyFiles: files, tendCopyAfterMs: 1e9 }) }
}

/** The same place after the browser made the database anew: nothing else is left of it. */
export const wiped = ({ options }: Setup): StorageOptions => ({ ...options, indexedDB: new IDBFactory() })

export async function fill({ chat, memory, settings }: Storage): Promise<void> {
  await chat.addMessage(sampleMessage('msg:1', 'conv:1', { createdAt: 1, text: 'first é 😀' }), sampleConversation('conv:1'))
  const reply = sampleMessage('msg:2', 'conv:1', { parentId: 'msg:1', role: 'assistant', createdAt: 2 })
  await chat.finishReply(reply, sampleManifest('msg:2', 'conv:1'))
  await memory.append([sampleOp('op:1', 1)])
  await settings.set('theme', 'dark')
  await settings.set('device:remote-key', 'a secret of this device')
}

export const addThird = ({ chat }: Storage) =>
  chat.addMessage(sampleMessage('msg:3', 'conv:1', { parentId: 'msg:2', createdAt: 3 }))

export function stateOf({ secondCopy }: Storage): SecondCopyState {
  let now: SecondCopyState | undefined
  secondCopy.observe((state) => {
    now = state
  })()
  if (!now) throw new Error('It must call back at once.')
  return now
}

/** What is kept, without what only snapshots hold. */
export async function kept(storage: Storage): Promise<unknown> {
  const { conversations, messages, ops, values } = (await everything(storage)) as Record<string, unknown>
  return { conversations, ops, values, messages: (messages as { message: unknown }[]).map(({ message }) => message) }
}

export const idsOf = async ({ chat }: Storage) => (await chat.allMessages('conv:1')).map(({ id }) => id)
