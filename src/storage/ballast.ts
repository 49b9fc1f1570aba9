import type { Database, Tables } from './database.ts'
import { toStorageError } from './storage-failure.ts'

export const ballastTable = 'ballast'
type BallastRow = { readonly id: 'ballast'; readonly bytes: Uint8Array }

/** Random bytes: zeros would be compressed to nothing and free nothing. */
function incompressible(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes)
  for (let from = 0; from < sizeBytes; from += 65536) crypto.getRandomValues(bytes.subarray(from, from + 65536))
  return bytes
}

/** Takes up `sizeBytes` of the quota, to be given back when the user's last message would not fit. Done in idle time. */
export async function layBallast(database: Database, sizeBytes: number): Promise<void> {
  try {
    await database.write('relaxed', [ballastTable], async (tables) => {
      const table = tables.raw<BallastRow, string>(ballastTable)
      if ((await table.count()) === 0) await table.put({ id: 'ballast', bytes: incompressible(sizeBytes) })
    })
  } catch (thrown) {
    // No room for ballast, or a tab that closes: neither harms anything that is stored, and the next start tries again.
    const { type } = toStorageError(thrown)
    if (type !== 'quota' && type !== 'connection-lost' && type !== 'outdated-tab') throw thrown
  }
}

/** Gives the room back; false when it was given back before. */
export async function releaseBallast(tables: Tables): Promise<boolean> {
  const table = tables.raw<BallastRow, string>(ballastTable)
  if ((await table.count()) === 0) return false
  await table.delete('ballast')
  return true
}
