import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Message } from '#chat/message.ts'
import { beamChatName, readBeam } from '#lab/importers/beam.ts'
import {
  collectImport,
  type Imported,
  type ImportedConversation,
  type ImportedQuestion,
  type ImportProblem,
} from '#lab/importers/imported.ts'
import { readLocomoCorrections, readLocomoRow } from '#lab/importers/locomo.ts'
import { longMemEvalReader, readLongMemEvalSession } from '#lab/importers/longmemeval.ts'
import { toProduct } from '#lab/importers/to-product.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'

export const suites = ['locomo', 'longmemeval', 'beam', 'tiage'] as const
export type Suite = (typeof suites)[number]

/** A conversation in the product's own form. */
export type HistoryConversation = {
  readonly id: ConversationId
  readonly title: string
  readonly messages: readonly Message[]
}

export type Question = Pick<ImportedQuestion, 'key' | 'text' | 'at' | 'answer' | 'category' | 'abstain'> & {
  readonly gold: readonly MessageId[]
  /** Gold messages that hold the newest value, and those with older ones, where the set tells them apart. */
  readonly newest: readonly MessageId[]
  readonly older: readonly MessageId[]
}

/** What one user has said, with the questions about it. */
export type History = {
  readonly name: string
  readonly conversations: readonly HistoryConversation[]
  readonly questions: readonly Question[]
}

export type Sets = { readonly histories: readonly History[]; readonly problems: readonly ImportProblem[] }

/** Reads a suite's files below a folder by their patterns, through the product's importers. */
export function readSuite(data: string, suite: 'locomo' | 'longmemeval' | 'beam'): Sets {
  const { folder, read } = readers[suite]
  const intake = collectImport()
  read(filesOf(join(data, folder)), intake)
  return { histories: histories(intake), problems: intake.problems }
}

type Files = readonly { readonly name: string; readonly text: () => string }[]

const readers: Record<
  'locomo' | 'longmemeval' | 'beam',
  { folder: string; read: (files: Files, intake: ReturnType<typeof collectImport>) => void }
> = {
  locomo: {
    folder: 'locomo',
    read(files, intake) {
      const corrections = new Map(
        named(files, /^corrections-.*\.json$/).flatMap((file) => [...readLocomoCorrections(file.text(), file.name, intake)]),
      )
      for (const file of named(files, /^locomo-.*\.json$/)) {
        const rows: unknown = JSON.parse(file.text())
        for (const [index, row] of (Array.isArray(rows) ? rows : [rows]).entries())
          readLocomoRow(row, { file: file.name, at: `row ${index + 1}` }, intake, corrections)
      }
    },
  },
  longmemeval: {
    folder: 'longmemeval-s',
    read(files, intake) {
      const sessions = new Map()
      for (const file of named(files, /_sessions\.jsonl(?:\.br)?$/))
        eachLine(file, intake, (value, place) => readLongMemEvalSession(value, place, intake, sessions))
      const readRow = longMemEvalReader(intake, sessions)
      for (const file of named(files, /_questions\.jsonl$/)) eachLine(file, intake, readRow)
    },
  },
  beam: {
    folder: 'beam-100k',
    read(files, intake) {
      for (const chat of named(files, /_chat\.json(?:\.gz)?$/)) {
        const name = beamChatName(chat.name) ?? ''
        const questions = files.find((file) => file.name === `${name}_probing_questions.json`)
        readBeam(
          name,
          { name: chat.name, text: chat.text() },
          questions && { name: questions.name, text: questions.text() },
          intake,
        )
      }
    },
  },
}

const named = (files: Files, pattern: RegExp): Files => files.filter(({ name }) => pattern.test(name))

function filesOf(folder: string): Files {
  const names = readdirSync(folder).sort()
  return names.map((name) => ({ name, text: () => textOf(join(folder, name)) }))
}

function textOf(path: string): string {
  const bytes = readFileSync(path)
  if (path.endsWith('.br')) return brotliDecompressSync(bytes).toString('utf8')
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

function eachLine(
  file: Files[number],
  intake: Pick<ReturnType<typeof collectImport>, 'problem'>,
  take: (value: unknown, place: { file: string; at: string }) => void,
): void {
  for (const [index, line] of file.text().split('\n').entries()) {
    if (line.trim() === '') continue
    const place = { file: file.name, at: `line ${index + 1}` }
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      intake.problem({ ...place, why: 'is not JSON' })
      continue
    }
    take(value, place)
  }
}

/** Questions that are asked over the same conversations share a history. */
function histories({ conversations, questions }: Imported): readonly History[] {
  const byKey = new Map(conversations.map((conversation) => [conversation.key, conversation]))
  const made = new Map<string, { conversation: HistoryConversation; ids: ReadonlyMap<string, MessageId> }>()
  const product = (key: string) => {
    const known = made.get(key)
    const source = byKey.get(key)
    if (known || !source) return known
    const one = inProduct(source)
    made.set(key, one)
    return one
  }
  const groups = new Map<string, ImportedQuestion[]>()
  for (const question of questions) {
    const over = question.over.join('\n')
    groups.set(over, [...(groups.get(over) ?? []), question])
  }
  return [...groups.values()].map((asked): History => {
    const parts = (asked[0]?.over ?? []).flatMap((key) => product(key) ?? [])
    const ids = new Map(parts.flatMap((part) => [...part.ids]))
    const times = new Map(parts.flatMap(({ conversation }) => conversation.messages.map(({ id, createdAt }) => [id, createdAt])))
    return {
      name: asked.length === 1 ? (asked[0]?.key ?? '') : (asked[0]?.over[0] ?? ''),
      conversations: parts.map(({ conversation }) => conversation),
      questions: asked.map((question): Question => {
        const { key, text, at, answer, category, abstain, gold } = question
        const goldIds = gold.flatMap((one) => ids.get(one) ?? [])
        return {
          key,
          text,
          at,
          ...(answer === undefined ? {} : { answer }),
          category,
          abstain,
          gold: goldIds,
          ...updates(question, ids, times),
        }
      }),
    }
  })
}

/** BEAM names the newest part of an update; LongMemEval's newest value stands in the latest conversation with gold. */
function updates(
  { category, gold, parts }: ImportedQuestion,
  ids: ReadonlyMap<string, MessageId>,
  times: ReadonlyMap<MessageId, number>,
) {
  if (!/knowledge[-_]update/.test(category)) return { newest: [], older: [] }
  const all = gold.flatMap((key) => ids.get(key) ?? [])
  const named = parts?.updated_info?.flatMap((key) => ids.get(key) ?? [])
  const latest = Math.max(...all.map((id) => times.get(id) ?? 0))
  const newest = named && named.length > 0 ? named : all.filter((id) => latest - (times.get(id) ?? 0) < 3_600_000)
  return { newest, older: all.filter((id) => !newest.includes(id)) }
}

function inProduct(source: ImportedConversation) {
  const { conversation, messages } = toProduct(source)
  return {
    conversation: { id: conversation.id, title: conversation.title, messages },
    ids: new Map(source.messages.map(({ key }, index) => [key, messages[index]?.id ?? ('msg:' as MessageId)])),
  }
}
