import type { BackupProgress, DamagedRow } from '#ports/storage.ts'
import { canonicalJson } from '#storage/canonical-json.ts'
import { createDigest } from './digest.ts'
import { type BackupRow, backupFormat, backupVersion, damagedKey, noCounts } from './format.ts'
import { encodeLine } from './line.ts'

/** Everything to be saved: rows table by table in backup order, each table in the order of its keys. */
export type BackupSource = {
  readonly madeAt: number
  rows(): AsyncIterable<readonly BackupRow[]>
  /** Known damage; asked after all rows. */
  damaged(): Promise<readonly DamagedRow[]>
}

/** The backup as a gzip stream. Reads on only as fast as it is read. Errors of the source end the stream with that error. */
export function writeBackup(source: BackupSource, onProgress: BackupProgress, signal: AbortSignal): ReadableStream<Uint8Array> {
  const lines = backupLines(source, onProgress, signal)
  const text = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
  return text.pipeThrough(new CompressionStream('gzip'))
}

async function* backupLines(
  source: BackupSource,
  onProgress: BackupProgress,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  const digest = createDigest()
  const counts = noCounts()
  const lost: DamagedRow[] = []
  const references = new OpenReferences()
  let line = 0
  let rows = 0
  let bytes = 0

  function encode(fields: string): Uint8Array<ArrayBuffer> {
    const encoded = encodeLine(++line, fields)
    digest.add(encoded)
    bytes += encoded.length
    return encoded
  }

  const header = { format: backupFormat, version: backupVersion, madeAt: source.madeAt }
  yield encode(JSON.stringify(header).slice(1, -1))
  for await (const batch of source.rows()) {
    const encoded: Uint8Array[] = []
    for (const row of batch) {
      signal.throwIfAborted()
      references.take(row)
      counts[row.table]++
      encoded.push(encode(`"table":"${row.table}","row":${canonicalJson(row.value)}`))
    }
    rows += batch.length
    yield join(encoded)
    onProgress({ rows, bytes })
  }
  lost.push(...references.missing(await source.damaged(), source.madeAt))
  for (const row of lost) {
    counts.damaged++
    yield encode(`"table":"damaged","row":${canonicalJson(row)}`)
  }
  const footer = { counts, digest: await digest.hex() }
  yield encodeLine(++line, JSON.stringify(footer).slice(1, -1))
  onProgress({ rows, bytes })
  return undefined
}

/** Which messages are referred to and not there: they are named in the file, so that it is whole in itself. */
class OpenReferences {
  readonly #present = new Set<string>()
  readonly #wanted = new Set<string>()

  take(row: BackupRow): void {
    if (row.table === 'messages') this.#present.add(row.value.id)
    const wanted =
      row.table === 'messages' || row.table === 'drafts'
        ? row.value.parentId
        : row.table === 'conversations'
          ? row.value.headId
          : undefined
    if (wanted !== undefined && !this.#present.has(wanted)) this.#wanted.add(wanted)
  }

  missing(known: readonly DamagedRow[], foundAt: number): DamagedRow[] {
    const all = new Map(known.map((row) => [damagedKey(row), row]))
    for (const key of this.#wanted) {
      const row = { table: 'messages', key, foundAt }
      if (!this.#present.has(key) && !all.has(damagedKey(row))) all.set(damagedKey(row), row)
    }
    return [...all.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
