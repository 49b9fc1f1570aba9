import { StorageError, type StorageErrorType } from '#ports/storage.ts'

type Rule = { readonly type: StorageErrorType; readonly name?: RegExp; readonly message?: RegExp; readonly text: string }

/** Names and texts as browsers and Dexie deliver them (observed in Chromium, Firefox and WebKit); the first match counts. */
const rules: readonly Rule[] = [
  {
    type: 'quota',
    name: /^QuotaExceededError$/,
    text: 'The browser has no room left for Longhand. Free disk space or delete conversations or models, then try again.',
  },
  {
    type: 'quota',
    name: /^UnknownError$/,
    message: /full disk|disk (is )?full|no space/i,
    text: 'The disk is full. Free disk space, then try again.',
  },
  {
    type: 'outdated-tab',
    name: /^VersionError$/,
    text: 'A newer version of Longhand is open in another tab. Reload this one.',
  },
  {
    type: 'corrupt',
    message: /opening backing store|Seek failure|Corruption|corrupt|malformed|Failed to read large IndexedDB value|write blobs/i,
    text: 'The browser reports that its database is damaged. Restart the browser; if this comes back, restore a backup.',
  },
  {
    type: 'connection-lost',
    message: /Connection to Indexed Database server lost|connection is clos(ing|ed)|database connection/i,
    text: 'The connection to the database was lost. Reload the page; nothing that was saved is gone.',
  },
  {
    type: 'connection-lost',
    name: /^DatabaseClosed(Error)?$/,
    text: 'The connection to the database was closed. Reload the page; nothing that was saved is gone.',
  },
  {
    type: 'unavailable',
    name: /^(MissingAPI(Error)?|SecurityError)$/,
    text: 'This browser does not let Longhand store anything here. Allow site data, or leave the private window.',
  },
  {
    type: 'unavailable',
    name: /^InvalidStateError$/,
    message: /mutation operation|private|did not allow mutations/i,
    text: 'This browser does not let Longhand store anything in a private window.',
  },
  {
    type: 'connection-lost',
    name: /^InvalidStateError$/,
    text: 'The connection to the database was lost. Reload the page; nothing that was saved is gone.',
  },
]

/** An error and what it wraps: Dexie hides the cause in `inner`, of bulk writes in `failures`. */
function* unwrap(
  thrown: unknown,
  depth = 0,
): Generator<{ readonly name: string; readonly message: string; readonly source: unknown }> {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return
  const error = thrown as { name?: unknown; message?: unknown; inner?: unknown; cause?: unknown; failures?: unknown }
  yield { name: String(error.name ?? ''), message: String(error.message ?? ''), source: thrown }
  yield* unwrap(error.inner, depth + 1)
  yield* unwrap(error.cause, depth + 1)
  if (Array.isArray(error.failures)) for (const failure of error.failures.slice(0, 3)) yield* unwrap(failure, depth + 1)
}

/** Translates whatever the database threw into the one error class of storage; what it does not know becomes `internal`. */
export function toStorageError(thrown: unknown): StorageError {
  const chain = [...unwrap(thrown)]
  for (const { source } of chain) if (source instanceof StorageError) return source
  for (const rule of rules)
    for (const { name, message } of chain)
      if ((rule.name?.test(name) ?? true) && (rule.message?.test(message) ?? true)) return describe(rule.type, rule.text, thrown)
  return describe('internal', 'The database failed in a way that Longhand does not know.', thrown)
}

function describe(type: StorageErrorType, text: string, thrown: unknown): StorageError {
  const error = new StorageError(
    type,
    `${text} (${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)})`,
  )
  error.cause = thrown
  return error
}
