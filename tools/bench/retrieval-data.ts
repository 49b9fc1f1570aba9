import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { Message, Role } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'

/** One question over a history, with the messages that hold its answer. */
export type Question = {
  readonly text: string
  readonly at: number
  readonly kind: string
  readonly gold: readonly MessageId[]
}
export type History = { readonly name: string; readonly messages: readonly Message[]; readonly questions: readonly Question[] }

type Turn = readonly [role: Role, text: string]

function chain(conversation: string, at: number, turns: readonly Turn[]): Message[] {
  return turns.map(([role, text], index) => ({
    id: `msg:${conversation}:${index}`,
    conversationId: `conv:${conversation}`,
    ...(index > 0 && { parentId: `msg:${conversation}:${index - 1}` as const }),
    role,
    text,
    createdAt: at + index * 1000,
    status: 'complete',
  }))
}

type LocomoQuestion = { question: string; evidence: string[]; category: number }
type LocomoTurn = { dia_id: string; text: string; blip_caption?: string }
type LocomoRow = { sample_id: string; qa: LocomoQuestion[]; conversation: Record<string, string | LocomoTurn[]> }
type Correction = { sample_id: string; qa_index: number; correct_evidence?: string[] }

/** LoCoMo: both speakers are people, so every message is taken as a user's; one conversation for each session. */
export function readLocomo(folder: string): History[] {
  const files = readdirSync(folder)
  const read = (pattern: RegExp): unknown[] =>
    files
      .filter((file) => pattern.test(file))
      .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown[])
  const corrections = new Map(
    (read(/^corrections-.*\.json$/) as Correction[]).map((row) => [`${row.sample_id} ${row.qa_index}`, row.correct_evidence]),
  )
  return (read(/^locomo-.*\.json$/) as LocomoRow[]).map(({ sample_id, qa, conversation }) => {
    const ids = new Map<string, MessageId>()
    const messages: Message[] = []
    for (const [key, turns] of Object.entries(conversation)) {
      if (typeof turns === 'string') continue
      const date = String(conversation[`${key}_date_time`])
      const [, time, half, day] = /^([\d:]+) ([ap]m) on (.*)$/.exec(date) ?? []
      const at = Date.parse(`${day} ${time} ${half} UTC`)
      const added = chain(
        `${sample_id}:${key}`,
        at,
        turns.map(({ text, blip_caption }) => ['user', blip_caption ? `${text} [${blip_caption}]` : text]),
      )
      for (const [index, turn] of turns.entries()) ids.set(turn.dia_id, added[index]?.id ?? 'msg:none')
      messages.push(...added)
    }
    messages.sort((a, b) => a.createdAt - b.createdAt)
    const end = messages.at(-1)?.createdAt ?? 0
    const questions = qa.map(({ question, evidence, category }, index): Question => {
      const cited = corrections.get(`${sample_id} ${index}`) ?? evidence
      const keys = cited.flatMap((one) => [...one.matchAll(/D(\d+):0*(\d+)/g)].map(([, session, turn]) => `D${session}:${turn}`))
      return { text: question, at: end, kind: String(category), gold: [...new Set(keys)].flatMap((key) => ids.get(key) ?? []) }
    })
    return { name: sample_id, messages, questions: questions.filter(({ gold }) => gold.length > 0) }
  })
}

type LongMemRow = {
  question_id: string
  question_type: string
  question: string
  question_date: string
  haystack_dates: string[]
  haystack_session_ids: string[]
  answer_turns: [number, number][]
}

/** LongMemEval: every question has a history of its own. */
export function readLongMemEval(folder: string): History[] {
  const files = readdirSync(folder)
  const sessions = new Map<string, Turn[]>()
  for (const file of files.filter((name) => name.endsWith('_sessions.jsonl.br')))
    for (const line of brotliDecompressSync(readFileSync(join(folder, file)))
      .toString('utf8')
      .split('\n')
      .filter(Boolean)) {
      const [id, turns] = JSON.parse(line) as [string, ['u' | 'a', string][]]
      sessions.set(
        id,
        turns.map(([who, text]): Turn => [who === 'u' ? 'user' : 'assistant', text]),
      )
    }
  return files
    .filter((name) => name.endsWith('_questions.jsonl'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean))
    .map((line) => {
      const row = JSON.parse(line) as LongMemRow
      const parsed = (date: string): number =>
        Date.parse(
          `${date
            .replace(/ \(\w+\)/, '')
            .replaceAll('/', '-')
            .replace(' ', 'T')}:00Z`,
        )
      const messages = row.haystack_session_ids
        .flatMap((id, index) =>
          chain(`${row.question_id}:${index}`, parsed(row.haystack_dates[index] ?? ''), sessions.get(id) ?? []),
        )
        .sort((a, b) => a.createdAt - b.createdAt)
      const abstain = row.question_id.endsWith('_abs')
      const question: Question = {
        text: row.question,
        at: parsed(row.question_date),
        kind: abstain ? 'abstain' : row.question_type,
        gold: row.answer_turns.map(([session, turn]): MessageId => `msg:${row.question_id}:${session}:${turn}`),
      }
      return { name: row.question_id, messages, questions: [question] }
    })
}
