import { words } from '#shared/text-words.ts'
import type { TextHit } from './cue.ts'
import type { MessageTable } from './message-table.ts'

const around = 60

/**
 * Full-text search for people: messages that hold every word, the last one as a beginning; case and accents do not matter;
 * newest first.
 */
export function searchText(table: MessageTable, text: string, limit: number): readonly TextHit[] {
  const asked = words(text, true).map((word) => word.text)
  const last = asked.pop()
  if (last === undefined) return []
  const rows = rowsWith(table, asked, last)
  const newestFirst = [...rows].sort((a, b) => (table.message(b)?.createdAt ?? 0) - (table.message(a)?.createdAt ?? 0) || b - a)
  const hits: TextHit[] = []
  for (const row of newestFirst) {
    if (hits.length >= limit) break
    const hit = hitIn(table, row, asked, last)
    if (hit) hits.push(hit)
  }
  return hits
}

/** Messages that hold some form of every word: the index knows stems, the words themselves are checked in the text. */
function rowsWith(table: MessageTable, asked: readonly string[], last: string): Iterable<number> {
  let rows: Set<number> | undefined
  const narrow = (terms: Iterable<number>): void => {
    const found = new Set<number>()
    for (const term of terms)
      table.postings.each(term, (row) => {
        if (table.isLive(row) && (rows === undefined || rows.has(row))) found.add(row)
      })
    rows = found
  }
  for (const word of asked) {
    const term = table.vocabulary.known(word)
    narrow(term === undefined ? [] : [term])
  }
  narrow(table.vocabulary.beginningWith(last))
  return rows ?? []
}

function hitIn(table: MessageTable, row: number, asked: readonly string[], last: string): TextHit | undefined {
  const message = table.message(row)
  if (!message) return undefined
  const found = words(message.text)
  const forms = new Set(found.map((word) => word.text))
  if (!asked.every((word) => forms.has(word))) return undefined
  const hit = found.find((word) => word.text.startsWith(last))
  if (!hit) return undefined
  const first = asked.length > 0 ? (found.find((word) => word.text === asked[0]) ?? hit) : hit
  const { excerpt, from, to } = excerptOf(message.text, first.from, first.to)
  return {
    conversationId: message.conversationId,
    messageId: message.id,
    role: message.role,
    at: message.createdAt,
    excerpt,
    from,
    to,
  }
}

/** The words around a hit on one line, cut at word borders, and where the hit stands in them. */
function excerptOf(text: string, from: number, to: number): { excerpt: string; from: number; to: number } {
  const start = from <= around ? 0 : text.indexOf(' ', from - around) + 1 || from - around
  const begin = start > from ? from - around : start
  const space = text.lastIndexOf(' ', to + around)
  const end = to + around >= text.length ? text.length : space >= to ? space : to + around
  const flat = (piece: string): string => piece.replace(/\s/gu, ' ')
  const lead = begin > 0 ? '…' : ''
  return {
    excerpt: `${lead}${flat(text.slice(begin, end))}${end < text.length ? '…' : ''}`,
    from: lead.length + from - begin,
    to: lead.length + to - begin,
  }
}
