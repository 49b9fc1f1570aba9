import { Dexie } from 'dexie'
import { expect, it } from 'vitest'
import { StorageError, type StorageErrorType } from '#ports/storage.ts'
import { toStorageError } from './storage-failure.ts'

/** Names and texts as they were seen in browsers. */
const seen: readonly [name: string, message: string, type: StorageErrorType][] = [
  ['QuotaExceededError', '', 'quota'],
  ['UnknownError', 'Encountered full disk while opening backing store for indexedDB.open.', 'quota'],
  ['UnknownError', 'Internal error opening backing store for indexedDB.open.', 'corrupt'],
  ['UnknownError', 'Seek failure', 'corrupt'],
  ['UnknownError', 'Corruption detected: block checksum mismatch', 'corrupt'],
  ['DataError', 'Failed to read large IndexedDB value', 'corrupt'],
  ['DataError', 'Failed to write blobs.', 'corrupt'],
  ['UnknownError', 'Connection to Indexed Database server lost. Refresh the page to try again', 'connection-lost'],
  [
    'InvalidStateError',
    "Failed to execute 'transaction' on 'IDBDatabase': The database connection is closing.",
    'connection-lost',
  ],
  ['DatabaseClosedError', 'Database has been closed', 'connection-lost'],
  ['VersionError', 'The requested version (10) is less than the existing version (20).', 'outdated-tab'],
  ['MissingAPIError', 'IndexedDB API missing', 'unavailable'],
  ['SecurityError', 'The operation is insecure.', 'unavailable'],
  ['InvalidStateError', 'A mutation operation was attempted on a database that did not allow mutations.', 'unavailable'],
  ['ConstraintError', 'Key already exists in the object store.', 'internal'],
]

it.each(seen)('[S19] knows %s: %s', (name, message, type) => {
  const bare = Object.assign(new Error(message), { name })
  const error = toStorageError(bare)
  expect(error).toBeInstanceOf(StorageError)
  expect(error.type).toBe(type)
  expect(error.message).toContain(message)
  expect(error.cause).toBe(bare)
})

it.each(seen)('[S19] knows %s inside an aborted transaction and a failed bulk write: %s', (name, message, type) => {
  const inner = Object.assign(new Error(message), { name })
  expect(toStorageError(new Dexie.AbortError('Transaction aborted', inner)).type).toBe(type)
  expect(toStorageError(Object.assign(new Error('bulk'), { name: 'BulkError', failures: [inner] })).type).toBe(type)
})

it('[S19] passes a StorageError on, wherever it is wrapped', () => {
  const own = new StorageError('not-found', 'Not there.')
  expect(toStorageError(own)).toBe(own)
  expect(toStorageError(new Dexie.AbortError('Transaction aborted', own))).toBe(own)
  expect(toStorageError('a text').type).toBe('internal')
  expect(toStorageError(undefined).type).toBe('internal')
})
