import * as z from 'zod/mini'
import type { ImportedMessage, Intake, Place } from './imported.ts'
import { within } from './imported.ts'
import { answerText, isBlank, readJson, readShape } from './read-shape.ts'
import { locomoDate } from './source-dates.ts'

/** Between messages of a session, which have no times of their own. */
const messageStepMs = 30_000
const dayMs = 86_400_000

const rowShape = z.object({
  sample_id: z.string(),
  conversation: z.looseObject({ speaker_a: z.string(), speaker_b: z.string() }),
  qa: z.optional(z.array(z.unknown())),
})
const turnShape = z.object({
  speaker: z.string(),
  dia_id: z.string(),
  text: z.string(),
  blip_caption: z.optional(z.string()),
})
const questionShape = z.object({
  question: z.string(),
  answer: z.optional(answerText),
  adversarial_answer: z.optional(z.unknown()),
  evidence: z.optional(z.array(z.unknown())),
  category: z.number(),
})
const correctionShape = z.object({
  sample_id: z.string(),
  qa_index: z.number(),
  correct_evidence: z.array(z.string()),
  correct_answer: z.optional(answerText),
})

/** Corrected evidence and answers, by `correctionKey`. */
export type LocomoCorrections = ReadonlyMap<string, z.infer<typeof correctionShape>>

const correctionKey = (sampleId: string, qaIndex: number) => `${sampleId} ${qaIndex}`

/** Reads a file of corrections: `[{ sample_id, qa_index, correct_evidence, correct_answer }]`, `qa_index` from 0. */
export function readLocomoCorrections(text: string, file: string, intake: Intake): LocomoCorrections {
  const corrections = new Map<string, z.infer<typeof correctionShape>>()
  const rows = readShape(z.array(z.unknown()), readJson(text, { file, at: '' }, intake), { file, at: 'the whole file' }, intake)
  rows?.forEach((row, index) => {
    const correction = readShape(correctionShape, row, { file, at: `row ${index + 1}` }, intake)
    if (correction) corrections.set(correctionKey(correction.sample_id, correction.qa_index), correction)
  })
  return corrections
}

/** Whether a value may be a row of LoCoMo. */
export function isLocomoRow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'conversation' in value && 'sample_id' in value
}

/**
 * A row of LoCoMo (Maharana et al. 2024, "Evaluating Very Long-Term Conversational Memory of LLM Agents"): one conversation
 * of two people over many dated sessions, and questions with evidence. Both people are taken as users, with their names;
 * a caption stands for its picture. Questions of category 5 ask for what was never said.
 */
export function readLocomoRow(value: unknown, place: Place, intake: Intake, corrections: LocomoCorrections = new Map()): void {
  const row = readShape(rowShape, value, place, intake)
  if (!row) return
  const key = `locomo/${row.sample_id}`
  const messages = readSessions(key, row.conversation, place, intake)
  const last = messages.at(-1)
  if (!last) {
    intake.problem({ ...place, why: 'holds no message that could be read' })
    return
  }
  intake.conversation({ key, title: `${row.conversation.speaker_a} and ${row.conversation.speaker_b}`, messages })
  const known = new Set(messages.map((message) => message.key))
  row.qa?.forEach((entry, index) => {
    const where = within(place, `question ${index + 1}`)
    const question = readShape(questionShape, entry, where, intake)
    if (!question) return
    const correction = corrections.get(correctionKey(row.sample_id, index))
    const gold = readEvidence(correction?.correct_evidence ?? question.evidence ?? [], where, intake)
      .map((dialogueId) => `${key}/${dialogueId}`)
      .filter((wanted) => {
        if (!known.has(wanted)) intake.problem({ ...where, why: `its evidence ${wanted.slice(key.length + 1)} is not there` })
        return known.has(wanted)
      })
    const answer = correction?.correct_answer ?? question.answer
    intake.question({
      key: `${key}/question-${index}`,
      text: question.question,
      at: last.at + dayMs,
      ...(answer === undefined ? {} : { answer }),
      category: String(question.category),
      gold: [...new Set(gold)],
      abstain: question.category === 5,
      over: [key],
    })
  })
}

function readSessions(key: string, conversation: Readonly<Record<string, unknown>>, place: Place, intake: Intake) {
  const sessions: { readonly name: string; readonly at: number }[] = []
  let known: number | undefined
  const numbers = Object.keys(conversation).flatMap((name) => /^session_(\d+)$/.exec(name)?.[1] ?? [])
  for (const number of numbers.map(Number).sort((a, b) => a - b)) {
    const name = `session_${number}`
    const date = conversation[`${name}_date_time`]
    const at = typeof date === 'string' ? locomoDate(date) : undefined
    if (at === undefined) intake.problem({ ...within(place, name), why: 'has no date that can be read' })
    // A session without a date is taken as a day after the one before; without any date before it, it has no place in time.
    known = at ?? (known === undefined ? undefined : known + dayMs)
    if (known !== undefined) sessions.push({ name, at: known })
  }
  const messages: ImportedMessage[] = []
  const keys = new Set<string>()
  for (const { name, at } of sessions.sort((a, b) => a.at - b.at)) {
    const where = within(place, name)
    for (const [index, entry] of readShape(z.array(z.unknown()), conversation[name], where, intake)?.entries() ?? []) {
      const spot = within(where, `turn ${index + 1}`)
      const turn = readShape(turnShape, entry, spot, intake)
      if (!turn) continue
      const id = parseDialogueIds(turn.dia_id)[0] ?? ''
      const text = turn.blip_caption ? `${turn.text}\n[image: ${turn.blip_caption}]`.trimStart() : turn.text
      const why = whyNot(id, turn.dia_id, keys, text)
      if (why !== undefined) {
        intake.problem({ ...spot, why })
        continue
      }
      keys.add(id)
      const before = messages.at(-1)
      messages.push({
        key: `${key}/${id}`,
        ...(before ? { parentKey: before.key } : {}),
        role: 'user',
        speaker: turn.speaker,
        text,
        at: at + index * messageStepMs,
      })
    }
  }
  return messages
}

function whyNot(id: string, given: string, taken: ReadonlySet<string>, text: string): string | undefined {
  if (id === '') return `dia_id ${given} is not of the form D1:2`
  if (taken.has(id)) return `dia_id ${id} stands twice`
  return isBlank(text) ? 'its text is empty' : undefined
}

/** "D8:6; D9:17", "D30:05" and "D:11:26" occur: all ids in a text, in plain form. */
function parseDialogueIds(text: string): readonly string[] {
  return [...text.matchAll(/D:?(\d+):(\d+)/g)].map(([, session, turn]) => `D${Number(session)}:${Number(turn)}`)
}

function readEvidence(entries: readonly unknown[], where: Place, intake: Intake): readonly string[] {
  return entries.flatMap((entry) => {
    const ids = typeof entry === 'string' ? parseDialogueIds(entry) : []
    if (ids.length === 0) intake.problem({ ...where, why: `its evidence ${JSON.stringify(entry)} names no message` })
    return ids
  })
}
