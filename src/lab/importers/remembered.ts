import * as z from 'zod/mini'
import { splitSentences } from '#shared/text-sentences.ts'
import type { Intake, Place } from './imported.ts'
import { within } from './imported.ts'
import { readShape } from './read-shape.ts'

/** Who remembered, when at the latest, and how the keys begin. */
type Origin = { readonly program: string; readonly at: number; readonly key: string }

const entryShape = z.union([
  z.string(),
  z.object({ memory: z.string(), ...times() }),
  z.object({ content: z.string(), ...times() }),
  z.object({ text: z.string(), ...times() }),
])

function times() {
  const time = z.optional(z.nullable(z.union([z.string(), z.number()])))
  return { created_at: time, updated_at: time, create_time: time }
}

/** A paragraph longer than this is taken sentence by sentence. */
const longestLine = 300

/**
 * Memories as text, one a line: pasted from the settings of another program, or a summary of what it knows. Bullets, numbers
 * and dates at the beginning, as in "3. [2024-05-01]. Has a cat.", are read and taken off; headings are left out.
 */
export function readMemoryLines(text: string, { program, at, key }: Origin, intake: Intake): void {
  for (const line of text.split('\n')) {
    const plain = line.trim().replace(/^(?:[-*•+]\s+|\d{1,4}[.)]\s+)/, '')
    const [, date, rest] = /^\[(\d{4}-\d{2}-\d{2})\]\s*[.:]?\s*(.*)$/.exec(plain) ?? []
    const said = (rest ?? plain).trim()
    if (said === '' || isHeading(plain)) continue
    const noted = date === undefined ? at : (dateOf(date) ?? at)
    const pieces = said.length <= longestLine ? [said] : splitSentences(said).map(({ from, to }) => said.slice(from, to))
    for (const piece of pieces) intake.memory({ key: `${key}/${piece}`, text: piece, at: noted, by: program })
  }
}

function isHeading(line: string): boolean {
  return /^#{1,6}\s/.test(line) || /^\*\*[^*]+\*\*:?$/.test(line) || /^[-=_*]{3,}$/.test(line)
}

/** A list of memories: texts, or objects with `memory`, `content` or `text` and a time. */
export function readMemoryEntry(value: unknown, place: Place, origin: Origin, intake: Intake): void {
  const entry = readShape(entryShape, value, place, intake)
  if (entry === undefined) return
  if (typeof entry === 'string') {
    readMemoryLines(entry, origin, intake)
    return
  }
  const text = 'memory' in entry ? entry.memory : 'content' in entry ? entry.content : entry.text
  const at = dateOf(entry.updated_at ?? entry.created_at ?? entry.create_time ?? undefined) ?? origin.at
  readMemoryLines(text, { ...origin, at }, intake)
}

/** Whether a value may be an entry of a list of memories. */
export function isMemoryEntry(value: unknown): boolean {
  return entryShape.safeParse(value).success
}

const claudeShape = z.object({
  conversations_memory: z.optional(z.nullable(z.string())),
  project_memories: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
})

/** Whether a value may be an entry of `memories.json` in Claude's export. */
export function isClaudeMemories(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('conversations_memory' in value || 'project_memories' in value)
}

/** An entry of `memories.json` in Claude's export: what it knows of the user, as a text in sections, and of each project. */
export function readClaudeMemories(value: unknown, place: Place, at: number, intake: Intake): void {
  const entry = readShape(claudeShape, value, place, intake)
  if (entry?.conversations_memory)
    readMemoryLines(entry.conversations_memory, { program: 'Claude', at, key: 'claude/memory' }, intake)
  for (const [project, text] of Object.entries(entry?.project_memories ?? {}))
    if (typeof text === 'string') readMemoryLines(text, { program: 'Claude', at, key: `claude/memory/${project}` }, intake)
    else intake.problem({ ...within(place, `project ${project}`), why: 'its memory is no text' })
}

/** A date or a time, in words or in seconds; undefined where it is none. */
function dateOf(value: string | number | undefined): number | undefined {
  const at = typeof value === 'number' ? value * 1000 : Date.parse(value ?? '')
  return Number.isFinite(at) && at > 0 ? at : undefined
}
