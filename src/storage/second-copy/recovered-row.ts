import type { Database } from '#storage/database.ts'

/** The row of `meta` that names the lost databases whose copies were put back: none is put back twice. */
export type RecoveredRow = { readonly id: 'recovered'; readonly from: readonly string[] }

export async function recoveredFrom(database: Database): Promise<readonly string[]> {
  const row = await database.read(['meta'], (tables) => tables.raw<RecoveredRow, string>('meta').get('recovered'))
  return row?.from ?? []
}
