import type { Transaction } from 'dexie'

/** One version of the schema: tables that are new or changed, and what turns the rows of the version before into its own. */
export type Migration = {
  readonly version: number
  readonly stores: Readonly<Record<string, string>>
  /** Idempotent, additive; runs inside the version change, so it must be quick. */
  readonly upgrade?: (transaction: Transaction) => Promise<void>
}

/** APPEND ONLY: a version that was released is never edited, since databases of it exist. Each has a fixture in fixtures/. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    stores: {
      meta: 'id',
      conversations: 'id',
      messages: 'id, [conversationId+createdAt+id], [parentKey+createdAt+id]',
      manifests: 'id, conversationId',
      drafts: 'id, conversationId',
      ops: 'id, [at+id]',
      jobs: 'id, [createdAt+id], &hash',
      settings: 'id',
      quarantine: '[table+key], conversationId',
      staged: '++seq',
      ballast: 'id',
    },
  },
  {
    version: 2,
    stores: { indexParts: 'id, order, *conversationIds' },
  },
  // Derived: what is in it can be made again, so it is in no backup and no second copy.
  { version: 3, stores: { vectors: 'id, conversationId' } },
]
