import type { Message } from '#chat/message.ts'
import { assemble } from '#context/assemble.ts'
import type { CountTokens } from '#context/assemble-input.ts'
import type { Manifest } from '#context/manifest.ts'
import type { ChatTemplate } from '#context/template.ts'
import type { Candidate } from '#memory/candidate.ts'

const names = 'Ada Bruno Carla Dmitri Elena Farid Greta Hugo Irene Jamal Karin Luca Mona Nils Olga Pedro'.split(' ')
const things = 'key ladder drill kettle tent bicycle piano camera suitcase lamp guitar blanket toolbox kayak printer clock'.split(
  ' ',
)
const places = 'cellar attic garage kitchen garden hall office shed'.split(' ')
const colours = 'red blue green yellow white black silver brown'.split(' ')

/** A prompt with recalled lines of which one alone answers its question, and which one that is. */
export type PlantedDialog = { readonly manifest: Manifest; readonly culprit: string; readonly answer: string }

export type PlantedAsk = {
  /** Numbers 0…1 that decide all of it. */
  readonly chance: () => number
  readonly lines: number
  readonly template: ChatTemplate
  readonly tokenizerId: string
  readonly count: CountTokens
  readonly windowTokens: number
}

/**
 * A made-up dialog: so many lines, each of who keeps what where; the question is about one of them, whose answer no other line
 * holds. Seeds make the same dialog again.
 */
export function plantedDialog(ask: PlantedAsk): PlantedDialog {
  const { chance, lines, template, count } = ask
  const from = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] ?? (list[0] as T)
  const planted = Math.floor(chance() * lines)
  const answer = `${from(names)} Nr. ${100 + Math.floor(chance() * 900)}`
  const asked = from(things)
  const others = things.filter((thing) => thing !== asked)
  const candidates = Array.from({ length: lines }, (_, index): Candidate => {
    const text =
      index === planted
        ? `The ${asked} is with our neighbour ${answer}.`
        : `The ${from(colours)} ${from(others)} of ${from(names)} stands in the ${from(places)} since ${1950 + Math.floor(chance() * 70)}.`
    const evidence = [{ conversationId: 'conv:there', messageId: `msg:line-${index}`, from: 0, to: text.length }] as const
    const score = { total: 0.9, parts: [{ name: 'made', value: 0.9, weight: 1, contribution: 0.9 }] }
    const at = Date.UTC(2026, 0, 1) + index * 3_600_000
    return { key: `msg:line-${index}`, kind: 'excerpt', text, at, role: 'user', conversationId: 'conv:there', evidence, score }
  })
  const message: Message = {
    id: 'msg:asked',
    conversationId: 'conv:here',
    role: 'user',
    text: `With whom is the ${asked}?`,
    createdAt: Date.UTC(2026, 1, 1),
    status: 'complete',
  }
  const manifest = assemble(
    {
      replyId: 'msg:reply',
      conversationId: 'conv:here',
      createdAt: message.createdAt,
      utcOffsetMinutes: 0,
      model: { id: 'bench', name: 'Bench', engine: 'bench', tokenizerId: ask.tokenizerId },
      template,
      sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 24 },
      windowTokens: ask.windowTokens,
      instructions: 'Answer in one short sentence, from what was recalled.',
      memoryOn: true,
      you: [],
      path: [message],
      pathComplete: true,
      candidates,
      threshold: 0.45,
      decision: { type: 'new', reason: 'first-turn' },
      epochId: 'epoch:bench',
    },
    count,
  )
  const culprit = manifest.sections.flatMap(({ items }) => items).find(({ key }) => key === `msg:line-${planted}`)
  if (!culprit) throw new Error('The planted line found no room: make the window larger.')
  return { manifest, culprit: culprit.ref, answer }
}
