import * as z from 'zod/mini'
import { titleFromText } from '#chat/title.ts'
import type { ImportedMessage, Intake, Place } from './imported.ts'
import { within } from './imported.ts'
import { answerText, isBlank, readJson, readShape } from './read-shape.ts'
import { beamDate } from './source-dates.ts'

const messageStepMs = 60_000
const dayMs = 86_400_000

const batchShape = z.object({ turns: z.array(z.unknown()), time_anchor: z.optional(z.unknown()) })
const messageShape = z.object({
  role: z.enum(['user', 'assistant']),
  id: z.number(),
  content: z.string(),
  time_anchor: z.optional(z.unknown()),
})
const questionShape = z.object({
  question: z.string(),
  answer: z.optional(answerText),
  ideal_answer: z.optional(answerText),
  ideal_response: z.optional(answerText),
  ideal_summary: z.optional(answerText),
  expected_compliance: z.optional(answerText),
  rubric: z.optional(z.array(z.unknown())),
  source_chat_ids: z.optional(z.unknown()),
})

/** The chat's own name, from `3_chat.json.gz` or `3_probing_questions.json`; undefined for other file names. */
export function beamChatName(file: string): string | undefined {
  return /([^/\\]+)_(?:chat|probing_questions)\.json(?:\.gz)?$/.exec(file)?.[1]
}

/** Whether a value may be a batch of a BEAM chat. */
export function isBeamBatch(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'batch_number' in value && 'turns' in value
}

/**
 * A chat of BEAM (Tavakoli et al. 2025, "Beyond a Million Tokens: Benchmarking and Enhancing Long-Term Memory in LLMs") and
 * its probing questions, which may be absent. Dates are known for the first message of a batch; the last one holds on.
 */
export function readBeam(name: string, chat: File, questions: File | undefined, intake: Intake): void {
  const key = `beam/${name}`
  const place = { file: chat.name, at: '' }
  const batches = readShape(z.array(z.unknown()), readJson(chat.text, place, intake), { ...place, at: 'the whole file' }, intake)
  const messages = readBatches(key, batches ?? [], place, intake)
  const [first, last] = [messages[0], messages.at(-1)]
  if (!first || !last) {
    intake.problem({ ...place, at: 'the whole file', why: 'holds no message that could be read' })
    return
  }
  intake.conversation({ key, title: titleFromText(first.text), messages })
  if (questions) readQuestions(key, messages, questions, intake)
}

type File = { readonly name: string; readonly text: string }

function readBatches(key: string, batches: readonly unknown[], place: Place, intake: Intake): readonly ImportedMessage[] {
  const messages: ImportedMessage[] = []
  const ids = new Set<number>()
  let at: number | undefined
  batches.forEach((entry, batchIndex) => {
    const where = within(place, `batch ${batchIndex + 1}`)
    const batch = readShape(batchShape, entry, where, intake)
    if (!batch) return
    const takeAnchor = (anchor: unknown, spot: Place) => {
      const known = typeof anchor === 'string' ? beamDate(anchor) : undefined
      if (known !== undefined) at = known
      else if (anchor !== undefined && anchor !== null)
        intake.problem({ ...spot, why: `time_anchor ${String(anchor)} is no date` })
    }
    takeAnchor(batch.time_anchor, where)
    batch.turns.forEach((turn, turnIndex) => {
      const spot = within(where, `turn ${turnIndex + 1}`)
      for (const value of readShape(z.array(z.unknown()), turn, spot, intake) ?? []) {
        const message = readShape(messageShape, value, spot, intake)
        if (!message) continue
        takeAnchor(message.time_anchor, spot)
        const text = message.role === 'user' ? withoutMarker(message.content) : message.content
        const why = ids.has(message.id) ? `message ${message.id} stands twice` : isBlank(text) ? 'its text is empty' : undefined
        if (why !== undefined || at === undefined) {
          intake.problem({ ...spot, why: why ?? 'comes before any date' })
          continue
        }
        ids.add(message.id)
        const before = messages.at(-1)
        messages.push({
          key: `${key}/${message.id}`,
          ...(before ? { parentKey: before.key } : {}),
          role: message.role,
          text,
          at,
        })
        at += messageStepMs
      }
    })
  })
  return messages
}

/** User texts end in a mark of the plan that they were written from: "->-> 1,2". */
function withoutMarker(text: string): string {
  return text.replace(/\s*->->[\s\d,.()]*$/, '')
}

function readQuestions(key: string, messages: readonly ImportedMessage[], { name: file, text }: File, intake: Intake): void {
  const whole = { file, at: 'the whole file' }
  const abilities = readShape(z.record(z.string(), z.unknown()), readJson(text, whole, intake), whole, intake)
  const known = new Set(messages.map((message) => message.key))
  const at = (messages.at(-1)?.at ?? 0) + dayMs
  for (const [category, entries] of Object.entries(abilities ?? {})) {
    const place = { file, at: category }
    readShape(z.array(z.unknown()), entries, place, intake)?.forEach((entry, index) => {
      const where = within(place, `question ${index + 1}`)
      const question = readShape(questionShape, entry, where, intake)
      if (!question) return
      const toKeys = (ids: readonly number[]) =>
        [...new Set(ids)].flatMap((id) => {
          if (!known.has(`${key}/${id}`)) intake.problem({ ...where, why: `message ${id}, its source, is not there` })
          return known.has(`${key}/${id}`) ? [`${key}/${id}`] : []
        })
      const { gold, parts } = readSources(question.source_chat_ids, toKeys, where, intake)
      const answer =
        question.answer ??
        question.ideal_answer ??
        question.ideal_response ??
        question.ideal_summary ??
        question.expected_compliance
      const rubric = question.rubric?.filter((line) => typeof line === 'string')
      intake.question({
        key: `${key}/${category}-${index}`,
        text: question.question,
        at,
        ...(answer === undefined ? {} : { answer }),
        category,
        gold,
        ...(parts ? { parts } : {}),
        abstain: category === 'abstention',
        over: [key],
        ...(rubric ? { rubric } : {}),
      })
    })
  }
}

type Sources = { readonly gold: readonly string[]; readonly parts?: Readonly<Record<string, readonly string[]>> }

/** Sources are a list of ids, a list with lists in it, or lists by name. */
function readSources(value: unknown, toKeys: (ids: readonly number[]) => string[], where: Place, intake: Intake): Sources {
  if (value === undefined || value === null) return { gold: [] }
  if (typeof value === 'object' && !Array.isArray(value)) {
    const parts = Object.fromEntries(
      Object.entries(value).map(([name, ids]) => [name, toKeys(numbersIn(ids, within(where, name), intake))]),
    )
    return { gold: [...new Set(Object.values(parts).flat())], parts }
  }
  return { gold: toKeys(numbersIn(value, where, intake)) }
}

function numbersIn(value: unknown, where: Place, intake: Intake): readonly number[] {
  if (Array.isArray(value)) return value.flatMap((each) => numbersIn(each, where, intake))
  if (typeof value === 'number') return [value]
  intake.problem({ ...where, why: `its source ${JSON.stringify(value)} names no message` })
  return []
}
