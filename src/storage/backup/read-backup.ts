import type { BackupProgress, BackupSummary, DamagedRow } from '#ports/storage.ts'
import { StorageError } from '#ports/storage.ts'
import { pause } from '#storage/pause.ts'
import { shapes, type TableName } from '#storage/tables.ts'
import { createDigest } from './digest.ts'
import { type BackupRow, type BackupTable, backupTables, backupVersion, damagedKey, noCounts } from './format.ts'
import { badLine, decodeLine } from './line.ts'
import { plainCopy, UnsafeJson } from './plain-copy.ts'
import { References } from './references.ts'
import { damagedSchema, footerSchema, headerSchema, rowSchemas } from './schemas.ts'
import { splitLines } from './split-lines.ts'

/** Where checked rows go, in batches. */
export type StagingSink = (rows: readonly BackupRow[], damaged: readonly DamagedRow[]) => Promise<void>

const batchRows = 500
/** Lines that are read before the page gets its turn. */
const linesAtOnce = 200

/** Reads a backup to its end, checking everything, and hands its rows on. Rejects with `bad-backup` and the first bad line. */
export async function readBackup(
  file: Blob,
  sink: StagingSink,
  onProgress: BackupProgress,
  signal: AbortSignal,
): Promise<BackupSummary> {
  const state = new BackupReading()
  let bytesRead = 0
  let batch: BackupRow[] = []
  try {
    const lines = splitLines(await unpacked(file, (bytes) => (bytesRead += bytes)))
    for await (const bytes of lines) {
      signal.throwIfAborted()
      const row = await state.take(bytes)
      if (row) batch.push(row)
      // What is unpacked already would be read on and on without a turn for the page.
      if (state.line % linesAtOnce === 0) await pause()
      if (batch.length >= batchRows) {
        await sink(batch, [])
        onProgress({ rows: state.rows, bytes: bytesRead })
        batch = []
      }
    }
  } catch (thrown) {
    if (thrown instanceof StorageError || signal.aborted) throw thrown
    throw badLine(state.line + 1, `cannot be read, the file is damaged or cut off there (${String(thrown)})`)
  }
  const { summary, held, damaged } = await state.finish()
  await sink([...batch, ...held], damaged)
  onProgress({ rows: state.rows, bytes: bytesRead })
  return summary
}

async function unpacked(file: Blob, onBytes: (bytes: number) => void): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        onBytes(chunk.length)
        controller.enqueue(chunk)
      },
    }),
  )
  // Some browsers unpack what they download: then the text itself is here.
  return start[0] === 0x1f && start[1] === 0x8b ? counted.pipeThrough(new DecompressionStream('gzip')) : counted
}

/** A backup as far as it has been read. */
class BackupReading {
  line = 0
  rows = 0
  readonly #counts = noCounts()
  readonly #digest = createDigest()
  readonly #references = new References()
  readonly #damaged: DamagedRow[] = []
  #madeAt = 0
  #table = 0
  #lastKey: string | undefined
  #ended = false

  /** The row of the next line, where it has one that can be handed on at once. */
  async take(bytes: Uint8Array): Promise<BackupRow | undefined> {
    const line = ++this.line
    if (this.#ended) throw badLine(line, 'comes after the end')
    const fields = safely(line, decodeLine(line, bytes))
    if (line === 1) this.#takeHeader(fields)
    else if ('digest' in fields) await this.#takeFooter(line, fields)
    else {
      this.#digestLine(bytes)
      return this.#takeRow(line, fields)
    }
    if (line === 1) this.#digestLine(bytes)
    return undefined
  }

  #digestLine(bytes: Uint8Array): void {
    this.#digest.add(bytes)
    this.#digest.add(new Uint8Array([10]))
  }

  #takeHeader(fields: Record<string, unknown>): void {
    const header = headerSchema.safeParse(fields)
    if (!header.success) throw badLine(1, 'is not the beginning of a Longhand backup')
    if (header.data.version !== backupVersion) throw badLine(1, 'was written by a newer Longhand; update this one first')
    this.#madeAt = header.data.madeAt
  }

  #takeRow(line: number, fields: Record<string, unknown>): BackupRow | undefined {
    const position = backupTables.indexOf(fields.table as BackupTable)
    const table = backupTables[position]
    if (!table) throw badLine(line, 'is of an unknown table')
    if (position < this.#table) throw badLine(line, 'stands in the wrong place')
    if (position > this.#table) this.#lastKey = undefined
    this.#table = position
    const { key, row } = table === 'damaged' ? this.#takeDamaged(line, fields.row) : this.#takeValue(line, table, fields.row)
    if (this.#lastKey !== undefined && key <= this.#lastKey) throw badLine(line, 'repeats a row or stands in the wrong place')
    this.#lastKey = key
    this.#counts[table]++
    this.rows++
    return row
  }

  #takeDamaged(line: number, value: unknown): { key: string; row: undefined } {
    const parsed = damagedSchema.safeParse(value)
    if (!parsed.success) throw badLine(line, 'does not name a damaged row')
    this.#damaged.push(parsed.data)
    this.#references.addDamaged(parsed.data)
    return { key: damagedKey(parsed.data), row: undefined }
  }

  #takeValue<Name extends TableName>(line: number, table: Name, value: unknown): { key: string; row: BackupRow | undefined } {
    const parsed = rowSchemas[table].safeParse(value)
    if (!parsed.success) throw badLine(line, `does not fit the table ${table} (${parsed.error.issues[0]?.path.join('.') ?? ''})`)
    const row = { table, value: parsed.data } as unknown as BackupRow
    const key = shapes[table].key(parsed.data)
    switch (row.table) {
      case 'conversations':
        this.#references.addConversation(line, row.value)
        return { key, row: undefined }
      case 'drafts':
        this.#references.addDraft(line, row.value)
        return { key, row: undefined }
      case 'messages':
        this.#references.addMessage(line, row.value)
        return { key, row }
      case 'manifests':
        this.#references.addReceipt(line, row.value.conversationId)
        return { key, row }
      case 'jobs':
        this.#references.addJob(line, row.value.hash)
        return { key, row }
      default:
        return { key, row }
    }
  }

  async #takeFooter(line: number, fields: Record<string, unknown>): Promise<void> {
    const footer = footerSchema.safeParse(fields)
    if (!footer.success) throw badLine(line, 'is not the end of a Longhand backup')
    for (const table of backupTables)
      if (footer.data.counts[table] !== this.#counts[table])
        throw badLine(line, `counts ${footer.data.counts[table]} rows of ${table}, but there are ${this.#counts[table]}`)
    if (footer.data.digest !== (await this.#digest.hex()))
      throw badLine(line, 'has a digest that the lines before it do not have')
    this.#ended = true
  }

  /** Rows that were held back until all were known. */
  async finish(): Promise<{ summary: BackupSummary; held: BackupRow[]; damaged: readonly DamagedRow[] }> {
    if (!this.#ended) throw badLine(this.line + 1, 'is missing: the file ends before its last line')
    await this.#references.check()
    const held: BackupRow[] = []
    for (const value of this.#references.conversations()) held.push({ table: 'conversations', value })
    for (const value of this.#references.drafts()) held.push({ table: 'drafts', value })
    const { conversations, messages, ops } = this.#counts
    return { summary: { madeAt: this.#madeAt, conversations, messages, memoryOps: ops }, held, damaged: this.#damaged }
  }
}

function safely(line: number, fields: Record<string, unknown>): Record<string, unknown> {
  try {
    return plainCopy(fields) as Record<string, unknown>
  } catch (thrown) {
    if (thrown instanceof UnsafeJson) throw badLine(line, thrown.message)
    throw thrown
  }
}
