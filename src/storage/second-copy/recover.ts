import { type Recovery, StorageError } from '#ports/storage.ts'
import type { StagedBackup } from '#storage/backup/backup.ts'
import { type SequenceRow, sequenceOfOld } from '#storage/connect.ts'
import type { Damage } from '#storage/damage.ts'
import type { Database, Tables } from '#storage/database.ts'
import { dropParts, partTable } from '#storage/part-row.ts'
import { messagesOf, rebuildConversation } from '#storage/rebuild-conversation.ts'
import { decodeRow } from '#storage/row.ts'
import { tableNames } from '#storage/tables.ts'
import type { CopyFiles } from './copy-files.ts'
import { type LastWord, type ReadCopy, readCopy } from './read-copy.ts'
import { type RecoveredRow, recoveredFrom } from './recovered-row.ts'
import { writeSnapshot } from './write-snapshot.ts'

type Parts = {
  readonly files: CopyFiles
  /** Of the present database. */
  readonly folder: string
  readonly database: Database
  readonly damage: Damage
  readonly backup: StagedBackup
  readonly now: () => number
  /** Whether the present database has lost commits that its own copy knows of. */
  readonly wentBack: boolean
}

/**
 * Puts the copies of lost databases into the present one, each in one transaction, oldest first; what is there already
 * stays. Its own is put back where it has lost its newest commits. Then the present one gets a copy of its own, and theirs
 * are removed. Undefined where there was nothing to put back.
 * Rejects with `wiped` where there is a copy of which nothing can be read.
 */
export async function recover(parts: Parts): Promise<Recovery | undefined> {
  const { files, folder, database, wentBack } = parts
  const done = new Set(await recoveredFrom(database))
  const before = await count(database)
  const recovered: ReadCopy[] = []
  let unreadable = 0
  const own = wentBack ? [folder] : []
  for (const other of [...(await otherFolders(files, [folder, ...done])), ...own]) {
    const copy = await readCopy(files, other, (file) => parts.backup.stage(file, () => {}, new AbortController().signal))
    if (!copy.staged && copy.words.length === 0) {
      if (other !== folder) unreadable++
      continue
    }
    await putBack(parts, other, copy)
    recovered.push(copy)
  }
  if (recovered.length === 0 && unreadable === 0) return undefined
  if (recovered.length === 0)
    throw new StorageError('wiped', 'The browser has lost the database of Longhand, and nothing in its second copy can be read.')
  const after = await count(database)
  // Where this fails the copies stay, marked as put back, until a later snapshot succeeds.
  await writeSnapshot(parts).then(
    async () => {
      for (const other of await recoveredFrom(database)) await files.removeFolder(other).catch(() => undefined)
    },
    () => undefined,
  )
  return {
    conversations: after.conversations - before.conversations,
    messages: after.messages - before.messages,
    upTo: Math.max(...recovered.map(({ upTo }) => upTo)),
    whole: unreadable === 0 && recovered.every(({ whole }) => whole),
  }
}

/** Folders of other databases, oldest first; empty ones are removed. */
async function otherFolders(files: CopyFiles, without: readonly string[]): Promise<readonly string[]> {
  const others: { readonly name: string; readonly changedAt: number }[] = []
  for (const name of (await files.folders()).filter((each) => !without.includes(each))) {
    const filled = (await files.list(name)).filter(({ bytes }) => bytes > 0)
    if (filled.length === 0) await files.removeFolder(name).catch(() => undefined)
    else others.push({ name, changedAt: Math.max(...filled.map(({ changedAt }) => changedAt)) })
  }
  return others.sort((a, b) => a.changedAt - b.changedAt).map(({ name }) => name)
}

const count = (database: Database) =>
  database.read(['conversations', 'messages'], async (tables) => ({
    conversations: await tables.of('conversations').count(),
    messages: await tables.of('messages').count(),
  }))

async function putBack({ database, backup, folder }: Parts, from: string, copy: ReadCopy): Promise<void> {
  const { staged, words, whole } = copy
  const finish = async (tables: Tables) => {
    await dropParts(tables)
    await apply(tables, words)
    // A database that went back has drafts again whose replies were finished.
    for (const key of await tables.of('drafts').toCollection().primaryKeys())
      if (await tables.of('messages').get(key)) await tables.of('drafts').delete(key)
    if (!whole) for (const id of conversationsOf(words)) await rebuildConversation(tables, id)
    if (from === folder) await moveOn(tables, copy)
    else await markDone(tables, from)
  }
  if (staged) await backup.addStaged(finish)
  else await database.write('strict', [partTable, ...tableNames], finish, 'all')
}

/** The numbers go on where the copy ends. */
async function moveOn(tables: Tables, { newest, generation }: ReadCopy): Promise<void> {
  const meta = tables.raw<SequenceRow, string>('meta')
  const { n, generation: present } = (await meta.get('sequence')) ?? sequenceOfOld
  await meta.put({ id: 'sequence', n: Math.max(n, newest), generation: Math.max(present, generation) })
}

async function markDone(tables: Tables, folder: string): Promise<void> {
  for (const row of await tables.of('conversations').toArray()) {
    const conversation = decodeRow('conversations', row)
    // Its undo went with the page: what was deleted does not come back.
    if (conversation.type === 'good' && conversation.value.deletedAt !== undefined) await purge(tables, row.id)
  }
  const meta = tables.raw<RecoveredRow, string>('meta')
  const from = (await meta.get('recovered'))?.from ?? []
  await meta.put({ id: 'recovered', from: [...from, folder] })
}

async function apply(tables: Tables, words: readonly LastWord[]): Promise<void> {
  for (const table of tableNames) {
    const ofTable = words.filter((word) => word.table === table)
    await tables.of(table).bulkPut(ofTable.flatMap(({ row }) => row ?? []))
    await tables.of(table).bulkDelete(ofTable.flatMap(({ row, key }) => (row ? [] : [key])))
  }
  for (const { table, key, row } of words) if (table === 'conversations' && !row) await purge(tables, key)
}

/** The conversation with its messages, and with what the journals do not tell of: receipts and drafts. */
async function purge(tables: Tables, id: string): Promise<void> {
  await messagesOf(tables, id).delete()
  await tables.of('manifests').where('conversationId').equals(id).delete()
  await tables.of('drafts').where('conversationId').equals(id).delete()
  await tables.of('conversations').delete(id)
}

function conversationsOf(words: readonly LastWord[]): ReadonlySet<string> {
  const ids = words.flatMap(({ table, key, row }) =>
    row === undefined ? [] : table === 'conversations' ? [key] : table === 'messages' ? [row.conversationId ?? ''] : [],
  )
  return new Set(ids)
}
