import type { ConversationId } from '#shared/ids.ts'
import { decodeIndexPart, encodeIndexPart } from './index-part.ts'
import type { MessageTable } from './message-table.ts'
import type { StoredMessage } from './stored-message.ts'

/** Messages of a part at most. Writing one takes the worker some tens of milliseconds: docs/performance.md. */
const mostInPart = 2048
/** Parts at the end that are less than half full, before they are made one. */
const mostSmall = 8

/** A part as it is stored. A lower `order` comes first: a message comes after the one it follows. */
export type StoredPart = {
  readonly id: string
  readonly order: number
  /** The conversations whose messages it holds. */
  readonly conversationIds: readonly ConversationId[]
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What brings the stored parts a step nearer to the index. */
export type PartChange = { readonly remove: readonly string[]; readonly add?: StoredPart }

/** Knows which rows of a table lie in which stored part, and what is to be written next. */
export interface IndexKeeper {
  /**
   * Adds the messages of a stored part to the table, and tells how many it lacked. Parts come in their order.
   * @throws PackError where its bytes cannot be used
   */
  restore(part: Pick<StoredPart, 'id' | 'order' | 'bytes'>): number
  /**
   * The next change, one part at most; undefined when what is stored says what the table says. It counts as made: whether it
   * was shows in `stored` the next time, the ids of all parts that are stored.
   */
  next(stored: readonly string[], newId: string): PartChange | undefined
}

/** Rows `from` up to `to` of the table, of which `rows` lived when the part was written. */
type Kept = {
  readonly id: string
  readonly order: number
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly table: number | undefined
}

export function createIndexKeeper(table: MessageTable, most = mostInPart): IndexKeeper {
  /** In the order of their rows. */
  let kept: readonly Kept[] = []

  function liveRows(from: number, to: number, limit = to - from): number[] {
    const rows: number[] = []
    for (let row = from; row < to && rows.length < limit; row++) if (table.isLive(row)) rows.push(row)
    return rows
  }

  function isWhole({ from, to, rows }: Kept): boolean {
    const lengths = table.liveLengths
    let left = rows
    for (let row = from; row < to; row++) if ((lengths[row] ?? 0) > 0) left--
    return left === 0
  }
  const lacksVectors = (part: Kept): boolean => table.vectors.table !== undefined && part.table !== table.vectors.table

  /** Writes rows as a part between its neighbours, in place of the parts `instead`. */
  function write(rows: readonly number[], order: number, id: string, instead: readonly Kept[]): PartChange {
    const rest = kept.filter((part) => !instead.includes(part))
    const remove = instead.map((part) => part.id)
    const [first, last] = [rows[0], rows.at(-1)]
    if (first === undefined || last === undefined) {
      kept = rest
      return { remove }
    }
    const messages = rows.flatMap((row): StoredMessage | readonly [] => table.message(row) ?? [])
    const traits = rows.map((row) => table.traits(row))
    const bytes = encodeIndexPart(messages, traits, table.vectors.partOf(rows))
    const part: Kept = { id, order, from: first, to: last + 1, rows: rows.length, table: table.vectors.table }
    kept = [...rest, part].sort((a, b) => a.from - b.from)
    const conversationIds = [...new Set(messages.map(({ conversationId }) => conversationId))]
    return { remove, add: { id, order, conversationIds, bytes } }
  }

  const rewrite = (part: Kept, id: string): PartChange => write(liveRows(part.from, part.to), part.order, id, [part])

  /** The first rows that are in no part. */
  function unwritten(id: string): PartChange | undefined {
    let from = 0
    for (const next of [...kept, undefined]) {
      const rows = liveRows(from, next?.from ?? table.rows, most)
      if (rows.length > 0) {
        const before = kept.findLast((part) => part.to <= (rows[0] ?? 0))
        const order = next ? (before ? (before.order + next.order) / 2 : next.order - 1) : before ? before.order + 1 : 0
        return write(rows, order, id, [])
      }
      from = next?.to ?? from
    }
    return undefined
  }

  /** The small parts at the end as one, where they are many. */
  function merged(id: string): PartChange | undefined {
    const small = kept.slice(kept.findLastIndex(({ rows }) => 2 * rows >= most) + 1)
    const first = small[0]
    if (!first || small.length <= mostSmall) return undefined
    const rows = liveRows(first.from, table.rows, most)
    // What is left of the last one that was touched is unwritten then.
    const instead = small.filter(({ from }) => from <= (rows.at(-1) ?? table.rows))
    return write(rows, first.order, id, instead)
  }

  return {
    restore({ id, order, bytes }) {
      const part = decodeIndexPart(bytes)
      const from = table.rows
      const rows = table.addPart(part)
      if (rows > 0) kept = [...kept, { id, order, from, to: table.rows, rows, table: part.vectors?.table }]
      return rows
    },
    next(stored, newId) {
      const present = new Set(stored)
      kept = kept.filter(({ id }) => present.has(id))
      const known = new Set(kept.map(({ id }) => id))
      const foreign = stored.filter((id) => !known.has(id))
      // What was deleted goes first.
      const torn = kept.find((part) => !isWhole(part))
      const change = torn ? rewrite(torn, newId) : (merged(newId) ?? unwritten(newId))
      const late = change ? undefined : kept.find(lacksVectors)
      const step = change ?? (late && rewrite(late, newId))
      if (foreign.length === 0) return step
      return { ...step, remove: [...foreign, ...(step?.remove ?? [])] }
    },
  }
}
