import { Dexie } from 'dexie'
import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { Storage } from '#ports/storage.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { openStorage, type StorageOptions } from '#storage/open-storage.ts'
import { encodeRow, type Row } from '#storage/row.ts'

const name = 'longhand-bench'
const text = 'A message of four hundred characters, as they are in conversations with a small model. '.repeat(5).slice(0, 400)
const longConversation: ConversationId = 'conv:long'
const shortConversations = 500

const idOf = (n: number): MessageId => `msg:${String(n).padStart(9, '0')}`
const shortId = (n: number): ConversationId => `conv:${String(n).padStart(4, '0')}`

/** A chain of messages as rows, with its conversation. */
function chain(conversationId: ConversationId, first: number, count: number): { conversation: Row; messages: Row[] } {
  const messages: Row[] = []
  for (let n = first; n < first + count; n++) {
    const message: Message = {
      id: idOf(n),
      conversationId,
      ...(n > first ? { parentId: idOf(n - 1) } : {}),
      role: n % 2 ? 'assistant' : 'user',
      text: `${n} ${text}`,
      createdAt: 1_700_000_000_000 + n * 1000,
      status: 'complete',
    }
    messages.push(encodeRow('messages', message))
  }
  const conversation: Conversation = {
    id: conversationId,
    title: 'Talk',
    titledBy: 'rule',
    createdAt: 0,
    updatedAt: first + count,
    pinned: false,
    memory: true,
    headId: idOf(first + count - 1),
    messageCount: count,
  }
  return { conversation: encodeRow('conversations', conversation), messages }
}

/** Half of the messages in one conversation, the other half in 500. */
async function fill(total: number): Promise<void> {
  const storage = await openStorage({ name, now: () => Date.now(), acceptWipe: true })
  storage.close()
  const db = new Dexie(name)
  await db.open()
  const long = chain(longConversation, 0, total / 2)
  await db.table('conversations').put(long.conversation)
  for (let from = 0; from < long.messages.length; from += 5000)
    await db.table('messages').bulkPut(long.messages.slice(from, from + 5000))
  const each = total / 2 / shortConversations
  for (let n = 0; n < shortConversations; n++) {
    const short = chain(shortId(n), total / 2 + n * each, each)
    await db.table('conversations').put(short.conversation)
    await db.table('messages').bulkPut(short.messages)
  }
  db.close()
}

async function timed<Result>(action: () => Promise<Result>): Promise<[ms: number, result: Result]> {
  const start = performance.now()
  const result = await action()
  return [performance.now() - start, result]
}

async function openLast(storage: Storage, id: ConversationId): Promise<number> {
  const conversation = await storage.chat.getConversation(id)
  if (!conversation?.headId) throw new Error(`${id} is not there`)
  const { messages } = await storage.chat.pathTail(id, conversation.headId, 50)
  if (messages.length !== 50) throw new Error(`${id} gave ${messages.length} messages`)
  return messages.length
}

function firstList(storage: Storage): Promise<number> {
  return new Promise((resolve) => {
    const stop = storage.chat.observeConversations((list) => {
      resolve(list.length)
      queueMicrotask(() => stop())
    })
  })
}

/** Milliseconds of each of twenty messages, the first of them left out. */
async function addTwenty(copy: Pick<StorageOptions, 'copyFiles'>): Promise<readonly number[]> {
  const storage = await openStorage({ name, now: () => Date.now(), ...copy })
  const addMs: number[] = []
  let parentId = (await storage.chat.getConversation(shortId(0)))?.headId
  for (let n = 0; n <= 20; n++) {
    const message: Message = {
      id: `msg:z${performance.now()}-${n}`,
      conversationId: shortId(0),
      ...(parentId ? { parentId } : {}),
      role: 'user',
      text,
      createdAt: Date.now(),
      status: 'complete',
    }
    addMs.push((await timed(() => storage.chat.addMessage(message)))[0])
    parentId = message.id
  }
  storage.secondCopy.observe((state) => {
    if (state.type === 'none' && state.reason === 'behind') throw new Error('The second copy could not be written.')
  })
  storage.close()
  return addMs.slice(1)
}

/** Milliseconds in a page that has just been opened. */
async function measure() {
  const [openMs, storage] = await timed(() => openStorage({ name, now: () => Date.now() }))
  const [listMs] = await timed(() => firstList(storage))
  const [firstMs] = await timed(() => openLast(storage, longConversation))
  const longMs: number[] = []
  const shortMs: number[] = []
  for (let n = 0; n < 100; n++) {
    longMs.push((await timed(() => openLast(storage, longConversation)))[0])
    shortMs.push((await timed(() => openLast(storage, shortId((n * 37) % shortConversations))))[0])
  }
  storage.close()
  const addMs: number[] = []
  const addWithoutMs: number[] = []
  // In turns, so that neither has the warmer browser.
  for (let n = 0; n < 5; n++) {
    addMs.push(...(await addTwenty({})))
    addWithoutMs.push(...(await addTwenty({ copyFiles: 'none' })))
  }
  return { openMs, listMs, firstMs, longMs, shortMs, addMs, addWithoutMs }
}

/** Writes a backup and restores it into the same database; milliseconds and bytes. */
async function backup() {
  const storage = await openStorage({ name, now: () => Date.now() })
  const never = new AbortController().signal
  const [writeMs, file] = await timed(() => new Response(storage.backup.write(() => {}, never)).blob())
  const [stageMs, summary] = await timed(() => storage.backup.stage(file, () => {}, never))
  const [restoreMs] = await timed(() => storage.backup.restoreStaged())
  const [scanMs] = await timed(async () => {
    for await (const _ of storage.chat.scanMessages(500));
  })
  storage.close()
  return { writeMs, bytes: file.size, stageMs, messages: summary.messages, restoreMs, scanMs }
}

declare global {
  var benchPage: { readonly fill: typeof fill; readonly measure: typeof measure; readonly backup: typeof backup } | undefined
}
globalThis.benchPage = { fill, measure, backup }
