import type { Conversation } from '#chat/conversation.ts'
import { type DamagedRow, isDeviceSetting, StorageError } from '#ports/storage.ts'
import type { Damage, QuarantineRow } from '#storage/damage.ts'
import type { Database } from '#storage/database.ts'
import { pause } from '#storage/pause.ts'
import type { TableName, Values } from '#storage/tables.ts'
import type { BackupRow } from './format.ts'
import type { BackupSource } from './write-backup.ts'

const pageRows = 500

/**
 * What a backup of the database holds: all but deleted conversations, unless `deleted` asks for those as well. Conversations and drafts are those of the moment it
 * begins; a message that is written meanwhile may or may not be in, but nothing that is in refers to something that is not.
 */
export function databaseSource(database: Database, damage: Damage, deleted: 'without' | 'with' = 'without'): BackupSource {
  async function* pages<Name extends TableName>(table: Name): AsyncGenerator<readonly Values[Name][]> {
    for (let last = ''; ; ) {
      const rows = await database.read([table], (tables) => tables.of(table).where(':id').above(last).limit(pageRows).toArray())
      const newest = rows.at(-1)
      if (!newest) return
      last = newest.id
      yield damage.check(table, rows)
    }
  }

  const as = <Name extends TableName>(table: Name, values: readonly Values[Name][]) =>
    values.map((value) => ({ table, value }) as unknown as BackupRow)

  async function* rows(): AsyncGenerator<readonly BackupRow[]> {
    const [conversationRows, draftRows] = await database.read(['conversations', 'drafts'], async (tables) => [
      await tables.of('conversations').toArray(),
      await tables.of('drafts').toArray(),
    ])
    const conversations: Conversation[] = []
    for (let from = 0; from < conversationRows.length; from += pageRows) {
      for (const conversation of damage.check('conversations', conversationRows.slice(from, from + pageRows)))
        if (deleted === 'with' || conversation.deletedAt === undefined) conversations.push(conversation)
      await pause()
    }
    const included = new Set<string>(conversations.map(({ id }) => id))
    const finished = new Set<string>()
    const ofIncluded = <Value extends { readonly conversationId: string }>(values: readonly Value[]) =>
      values.filter(({ conversationId }) => included.has(conversationId))

    for (let from = 0; from < conversations.length; from += pageRows) {
      yield as('conversations', conversations.slice(from, from + pageRows))
      await pause()
    }
    for await (const page of pages('messages')) {
      for (const { id } of page) finished.add(id)
      yield as('messages', ofIncluded(page))
    }
    for await (const page of pages('manifests')) yield as('manifests', ofIncluded(page))
    yield as(
      'drafts',
      ofIncluded(damage.check('drafts', draftRows)).filter(({ id }) => !finished.has(id)),
    )
    for await (const page of pages('ops')) yield as('ops', page)
    for await (const page of pages('jobs')) yield as('jobs', ofIncluded(page))
    for await (const page of pages('settings')) {
      yield as(
        'settings',
        page.filter(({ name }) => !isDeviceSetting(name)),
      )
    }

    const left = new Set(
      await database.read(['conversations'], (tables) => tables.of('conversations').toCollection().primaryKeys()),
    )
    for (const id of included)
      if (!left.has(id))
        throw new StorageError(
          'internal',
          'A conversation was deleted for good while the backup was being written. Write it again.',
        )
  }

  return {
    madeAt: database.now(),
    rows,
    async damaged() {
      await damage.settled()
      const found: QuarantineRow[] = await database.read(['quarantine'], (tables) =>
        tables.raw<QuarantineRow, [string, string]>('quarantine').toArray(),
      )
      return found.map(({ table, key, foundAt }): DamagedRow => ({ table, key, foundAt }))
    },
  }
}
