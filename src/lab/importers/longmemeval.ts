import * as z from 'zod/mini'
import { titleFromText } from '#chat/title.ts'
import type { ImportedConversation, ImportedMessage, Intake, Place } from './imported.ts'
import { within } from './imported.ts'
import { answerText, isBlank, readShape } from './read-shape.ts'
import { longMemEvalDate } from './source-dates.ts'

const messageStepMs = 30_000
const dayMs = 86_400_000

const rowShape = z.object({
  question_id: z.string(),
  question_type: z.string(),
  question: z.string(),
  question_date: z.string(),
  answer: z.optional(answerText),
  haystack_dates: z.array(z.unknown()),
  haystack_session_ids: z.array(z.string()),
  haystack_sessions: z.optional(z.array(z.unknown())),
  answer_turns: z.optional(z.array(z.unknown())),
})
const turnShape = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  has_answer: z.optional(z.unknown()),
})
const compactShape = z.tuple([z.string(), z.array(z.unknown())])
const compactTurnShape = z.tuple([z.enum(['u', 'a']), z.string()])
const answerTurnShape = z.tuple([z.number(), z.number()])

/** A turn as it stands in the file; undefined where it could not be read, so that the places of the others stay. */
type Turn = { readonly role: 'user' | 'assistant'; readonly text: string; readonly holdsAnswer: boolean } | undefined
/** Sessions of the compact form by id. */
export type LongMemEvalSessions = Map<string, readonly Turn[]>

/** Whether a value may be a row of LongMemEval, in the original or the compact form. */
export function isLongMemEvalRow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'question_id' in value && 'haystack_session_ids' in value
}

/** Whether a value may be a line of the compact form's file of sessions. */
export function isLongMemEvalSession(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && Array.isArray(value[1])
}

/** A line `[session id, [["u" | "a", text] …]]` of the compact form. */
export function readLongMemEvalSession(value: unknown, place: Place, intake: Intake, into: LongMemEvalSessions): void {
  const line = readShape(compactShape, value, place, intake)
  if (!line) return
  const [id, entries] = line
  if (into.has(id)) {
    intake.problem({ ...place, why: `session ${id} stands twice` })
    return
  }
  const turns = entries.map((entry, index): Turn => {
    const where = within(place, `turn ${index + 1}`)
    const turn = readShape(compactTurnShape, entry, where, intake)
    if (turn && isBlank(turn[1])) intake.problem({ ...where, why: 'its text is empty' })
    return turn && !isBlank(turn[1])
      ? { role: turn[0] === 'u' ? 'user' : 'assistant', text: turn[1], holdsAnswer: false }
      : undefined
  })
  into.set(id, turns)
}

/**
 * A reader of LongMemEval's rows (Wu et al. 2024, "LongMemEval: Benchmarking Chat Assistants on Long-Term Interactive
 * Memory"): a question with a haystack of dated sessions. A session on a date is one conversation, however many questions
 * share it; ids that hold `_abs` mark questions that cannot be answered.
 */
export function longMemEvalReader(intake: Intake, sessions?: LongMemEvalSessions): (value: unknown, place: Place) => void {
  /** Whether the conversation of a key could be read. */
  const taken = new Map<string, boolean>()
  return (value, place) => {
    const row = readShape(rowShape, value, place, intake)
    if (!row) return
    const asked = longMemEvalDate(row.question_date)
    if (asked === undefined) intake.problem({ ...place, why: `its question_date ${row.question_date} is no date` })
    const over: { readonly key: string; readonly at: number }[] = []
    const gold: string[] = []
    const answers = answerTurns(row.answer_turns, place, intake)
    for (const [index, id] of row.haystack_session_ids.entries()) {
      const where = within(place, `session ${id}`)
      const date = row.haystack_dates[index]
      const at = typeof date === 'string' ? longMemEvalDate(date) : undefined
      const turns = row.haystack_sessions
        ? originalTurns(row.haystack_sessions[index], where, intake)
        : (sessions?.get(id) ?? missingSession(where, intake))
      if (at === undefined) intake.problem({ ...where, why: 'has no date that can be read' })
      if (at === undefined || !turns) continue
      const key = `longmemeval/${id}@${new Date(at).toISOString().slice(0, 16)}`
      if (!taken.has(key)) {
        const conversation = sessionConversation(key, at, turns)
        taken.set(key, conversation !== undefined)
        if (conversation) intake.conversation(conversation)
        else intake.problem({ ...where, why: 'holds no message that could be read' })
      }
      if (!taken.get(key)) continue
      over.push({ key, at })
      for (const turn of new Set([
        ...(answers.get(index) ?? []),
        ...turns.flatMap((each, at) => (each?.holdsAnswer ? [at] : [])),
      ]))
        if (turns[turn]) gold.push(`${key}/${turn}`)
        else intake.problem({ ...where, why: `turn ${turn}, which holds the answer, is not there` })
    }
    const newest = over.reduce<number | undefined>((latest, { at }) => Math.max(latest ?? at, at), undefined)
    const at = asked ?? (newest === undefined ? undefined : newest + dayMs)
    if (at === undefined) return
    intake.question({
      key: `longmemeval/${row.question_id}`,
      text: row.question,
      at,
      ...(row.answer === undefined ? {} : { answer: row.answer }),
      category: row.question_type,
      gold: [...new Set(gold)],
      abstain: row.question_id.includes('_abs'),
      over: [...new Set(over.sort((a, b) => a.at - b.at).map(({ key }) => key))],
    })
  }
}

/** Turns that hold the answer, by the place of their session in the haystack. */
function answerTurns(
  entries: readonly unknown[] | undefined,
  place: Place,
  intake: Intake,
): ReadonlyMap<number, readonly number[]> {
  const turns = new Map<number, number[]>()
  for (const entry of entries ?? []) {
    const pair = readShape(answerTurnShape, entry, within(place, 'answer_turns'), intake)
    if (pair) turns.set(pair[0], [...(turns.get(pair[0]) ?? []), pair[1]])
  }
  return turns
}

function missingSession(where: Place, intake: Intake): undefined {
  intake.problem({ ...where, why: 'is not in the file of sessions, which must be read along' })
  return undefined
}

function originalTurns(value: unknown, where: Place, intake: Intake): readonly Turn[] | undefined {
  return readShape(z.array(z.unknown()), value, where, intake)?.map((entry, index): Turn => {
    const spot = within(where, `turn ${index + 1}`)
    const turn = readShape(turnShape, entry, spot, intake)
    if (turn && isBlank(turn.content)) intake.problem({ ...spot, why: 'its text is empty' })
    return turn && !isBlank(turn.content)
      ? { role: turn.role, text: turn.content, holdsAnswer: turn.has_answer === true }
      : undefined
  })
}

function sessionConversation(key: string, at: number, turns: readonly Turn[]): ImportedConversation | undefined {
  const messages: ImportedMessage[] = []
  turns.forEach((turn, index) => {
    if (!turn) return
    const before = messages.at(-1)
    messages.push({
      key: `${key}/${index}`,
      ...(before ? { parentKey: before.key } : {}),
      role: turn.role,
      text: turn.text,
      at: at + index * messageStepMs,
    })
  })
  const [first] = messages
  return first && { key, title: titleFromText(first.text), messages }
}
