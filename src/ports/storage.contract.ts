import type { Storage } from './storage.ts'

/** A storage under test. `reopen`: the tab ended without a word, another one opens on the same data. */
export type StorageSetup = {
  readonly storage: Storage
  readonly reopen: () => Promise<Storage>
  readonly tearDown: () => Promise<void>
}

/** Runs a test with a fresh storage. */
export function withStorage(setup: () => Promise<StorageSetup>, test: (storage: Storage, setup: StorageSetup) => Promise<void>) {
  return async () => {
    const made = await setup()
    try {
      await test(made.storage, made)
    } finally {
      await made.tearDown()
    }
  }
}

/** Resolves when `condition` holds; fails the test by its time limit if it never does. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}
