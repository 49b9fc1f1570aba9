import * as z from 'zod/mini'
import type { Intake, Place } from './imported.ts'

// Compiled schemas need `eval`, which the page's policy forbids; even trying would be reported as a violation.
z.config({ jitless: true })

/** The value if it has the shape; else undefined, and the problem is told. */
export function readShape<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
  place: Place,
  intake: Pick<Intake, 'problem'>,
): T | undefined {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.join('.') || 'it'
  const expected = issue?.code === 'invalid_type' ? `is no ${issue.expected}` : 'is not of a known form'
  intake.problem({ ...place, why: `${path} ${expected}` })
  return undefined
}

/** The value of a JSON text; undefined, and the problem is told, where it is none. */
export function readJson(text: string, place: Place, intake: Pick<Intake, 'problem'>): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    intake.problem({ ...place, why: `is no JSON: ${error instanceof Error ? error.message : String(error)}` })
    return undefined
  }
}

/** Answers of the data sets are texts or numbers. */
export const answerText = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value) => String(value)),
)

/** A text that says something: what is empty would be a message without content. */
export function isBlank(text: string): boolean {
  return text.trim() === ''
}
