import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { StorageSetup } from '#ports/storage.contract.ts'
import { openStorage, type StorageOptions } from '#storage/open-storage.ts'

let databases = 0

/** Options for a database of its own in this process; time stands still at 7. */
export function fakeOptions(over: Partial<StorageOptions> = {}): StorageOptions {
  return { name: `test-${databases++}`, now: () => 7, indexedDB: new IDBFactory(), IDBKeyRange, ballastBytes: 0, ...over }
}

/** A storage over fake-indexeddb; `reopen` opens a second tab after the first was closed. */
export async function fakeSetup(options = fakeOptions()): Promise<StorageSetup> {
  let storage = await openStorage(options)
  return {
    storage,
    async reopen() {
      storage.close()
      storage = await openStorage(options)
      return storage
    },
    tearDown: async () => storage.close(),
  }
}
