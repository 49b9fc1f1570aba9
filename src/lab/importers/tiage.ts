import * as z from 'zod/mini'
import { titleFromText } from '#chat/title.ts'
import type { ImportedMessage, Intake } from './imported.ts'
import { within } from './imported.ts'
import { isBlank, readJson, readShape } from './read-shape.ts'

const messageStepMs = 30_000
const dayMs = 86_400_000

const fileShape = z.record(z.string(), z.unknown())
const turnShape = z.tuple([z.string(), z.string()])

/** Whether a value may be a file of TIAGE. */
export function isTiageFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const [first] = Object.values(value)
  return Array.isArray(first) && turnShape.safeParse(first[0]).success
}

/**
 * A file of TIAGE (Xie et al. 2021, "TIAGE: A Benchmark for Topic-Shift Aware Dialog Modeling"): dialogues of two people by
 * turns, `[text, label]`, where the label "1" marks the beginning of another topic. The first to speak is taken as the user.
 * The set has no dates: the dialogues are laid a day apart from `from` on.
 */
export function readTiage(text: string, file: string, from: number, intake: Intake): void {
  const whole = { file, at: 'the whole file' }
  const dialogues = readShape(fileShape, readJson(text, whole, intake), whole, intake)
  Object.entries(dialogues ?? {}).forEach(([name, entries], dialogueIndex) => {
    const place = { file, at: `dialogue ${name}` }
    const key = `tiage/${file}/${name}`
    const messages: ImportedMessage[] = []
    const topicShifts: string[] = []
    for (const [index, entry] of readShape(z.array(z.unknown()), entries, place, intake)?.entries() ?? []) {
      const where = within(place, `turn ${index + 1}`)
      const turn = readShape(turnShape, entry, where, intake)
      if (!turn) continue
      if (isBlank(turn[0])) {
        intake.problem({ ...where, why: 'its text is empty' })
        continue
      }
      const before = messages.at(-1)
      messages.push({
        key: `${key}/${index}`,
        ...(before ? { parentKey: before.key } : {}),
        role: index % 2 === 0 ? 'user' : 'assistant',
        text: turn[0],
        at: from + dialogueIndex * dayMs + index * messageStepMs,
      })
      if (turn[1] === '1') topicShifts.push(`${key}/${index}`)
    }
    const [first] = messages
    if (first) intake.conversation({ key, title: titleFromText(first.text), messages, topicShifts })
    else intake.problem({ ...place, why: 'holds no message that could be read' })
  })
}
