import { beamChatName, readBeam } from './beam.ts'
import { readChatGptConversation } from './chatgpt.ts'
import { readClaudeConversation, readClaudeProject } from './claude.ts'
import { detectFormat, type Format, isMemoryList } from './detect-format.ts'
import type { ExportFile } from './export-files.ts'
import type { Intake, Place } from './imported.ts'
import { jsonValues, textLines } from './json-values.ts'
import { readLocomoRow } from './locomo.ts'
import { type LongMemEvalSessions, longMemEvalReader, readLongMemEvalSession } from './longmemeval.ts'
import { readClaudeMemories, readMemoryEntry, readMemoryLines } from './remembered.ts'
import { readTiage } from './tiage.ts'

export type ReadOptions = {
  /** The time of what has none of its own. */
  readonly now: number
  /** Told of packed bytes as they are read. */
  readonly onBytes: (bytes: number) => void
  /** Awaited between pieces of a file: where the one who takes may be waited for. */
  readonly breathe: () => Promise<void>
}

/** The name of the source, for people. */
export const formatNames: Readonly<Record<Format, string>> = {
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  'claude-projects': 'Claude',
  'claude-memories': 'Claude',
  locomo: 'LoCoMo',
  longmemeval: 'LongMemEval',
  'longmemeval-sessions': 'LongMemEval',
  beam: 'BEAM',
  tiage: 'TIAGE',
  memories: 'Memories',
}

/**
 * Reads the files of an export, each value as soon as it is there. What a file is, is told by looking inside; files that
 * others need come first. Rejects with the error of a file that
 * cannot be read to its end; what was read before was handed on.
 */
export async function readExport(
  files: readonly ExportFile[],
  intakeFor: (format: Format) => Intake,
  options: ReadOptions,
): Promise<void> {
  const sessions: LongMemEvalSessions = new Map()
  const known = await Promise.all(files.map(async (file) => ({ file, format: await formatOf(file) })))
  known.sort((a, b) => Number(b.format === 'longmemeval-sessions') - Number(a.format === 'longmemeval-sessions'))
  for (const { file, format } of known) {
    const intake = intakeFor(format ?? 'memories')
    if (format === undefined) {
      if (/\.(?:txt|md)$/i.test(file.name))
        await readWhole(file, options, (text) =>
          readMemoryLines(text, { program: 'Notes', at: options.now, key: 'memory' }, intake),
        )
      else
        intake.problem({
          file: file.name,
          at: 'the whole file',
          why: 'is of no format that is known here: no export of ChatGPT or Claude, no list of memories, none of the data sets',
        })
    } else if (format === 'tiage') await readWhole(file, options, (text) => readTiage(text, file.name, options.now, intake))
    else if (format === 'beam')
      await readWhole(file, options, (text) =>
        readBeam(beamChatName(file.name) ?? file.name, { name: file.name, text }, undefined, intake),
      )
    else await readValues(file, valueReader(format, intake, options.now, sessions), intake, options)
  }
}

type ReadValue = (value: unknown, place: Place) => void

function valueReader(format: Format, intake: Intake, now: number, sessions: LongMemEvalSessions): ReadValue {
  const origin = { program: 'ChatGPT', at: now, key: 'memory' }
  switch (format) {
    case 'chatgpt':
      return (value, place) => readChatGptConversation(value, place, intake)
    case 'claude':
      return (value, place) => readClaudeConversation(value, place, intake)
    case 'claude-projects':
      return (value, place) => readClaudeProject(value, place, intake)
    case 'claude-memories':
      return (value, place) => readClaudeMemories(value, place, now, intake)
    case 'locomo':
      return (value, place) => readLocomoRow(value, place, intake)
    case 'longmemeval':
      return longMemEvalReader(intake, sessions)
    case 'longmemeval-sessions':
      return (value, place) => readLongMemEvalSession(value, place, intake, sessions)
    default:
      return (value, place) => {
        for (const entry of isMemoryList(value) ? value.memories : [value]) readMemoryEntry(entry, place, origin, intake)
      }
  }
}

const cutter = (name: string) => (/\.jsonl$/i.test(name) ? textLines() : jsonValues())

/** Enough of a file to hold a first value, which for a conversation may be long. */
async function formatOf(file: ExportFile): Promise<Format | undefined> {
  const reader = (await file.open(() => {})).getReader()
  const values = cutter(file.name)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      for (const text of done ? [values.rest()] : values.push(value)) {
        const parsed = parse(text)
        const format = parsed === undefined ? undefined : detectFormat(parsed, file.name)
        if (format) return format
      }
      if (done) return undefined
    }
  } finally {
    await reader.cancel().catch(() => undefined) // The stream may have failed already; its own error is on its way.
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readValues(file: ExportFile, read: ReadValue, intake: Intake, { onBytes, breathe }: ReadOptions): Promise<void> {
  const values = cutter(file.name)
  let count = 0
  const take = (text: string) => {
    count++
    const place = { file: file.name, at: `entry ${count}` }
    if (text.trim() === '') return
    const parsed = parse(text)
    if (parsed === undefined) intake.problem({ ...place, why: 'is no JSON: cut off or damaged' })
    else read(parsed, place)
  }
  for await (const text of pieces(await file.open(onBytes))) {
    for (const value of values.push(text)) {
      take(value)
      await breathe()
    }
  }
  const rest = values.rest()
  if (rest !== '') take(rest)
  await breathe()
}

async function readWhole(file: ExportFile, { onBytes, breathe }: ReadOptions, read: (text: string) => void): Promise<void> {
  const texts: string[] = []
  for await (const text of pieces(await file.open(onBytes))) texts.push(text)
  read(texts.join(''))
  await breathe()
}

async function* pieces(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined) // The stream may have failed already; its own error is on its way.
  }
}
