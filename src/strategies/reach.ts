import { readModes } from '#memory/read-modes.ts'
import type { SeekPart } from '#memory/rescore.ts'
import type { SectionName, Strategy, WriterName } from './strategy.ts'

/** What the product does of what a strategy can ask for. A strategy that asks for more cannot be switched on. */
const reached: {
  readonly writers: readonly WriterName[]
  readonly seek: readonly SeekPart[]
  readonly sections: readonly SectionName[]
  readonly chooses: boolean
} = {
  writers: ['summary', 'facts', 'segments', 'portrait', 'core'],
  seek: ['entities', 'act', 'thread', 'episode', 'superseded'],
  sections: ['core', 'portrait', 'slots', 'facts', 'shared', 'loops', 'outline', 'chronology'],
  chooses: true,
}

/** What of a strategy the product does not do yet, in words; empty where it can be switched on. */
export function missingOf({ remember, seek, choose, lay, answer }: Strategy): readonly string[] {
  return [
    ...remember.filter(({ writer }) => !reached.writers.includes(writer)).map(({ writer }) => `writing: ${writer}`),
    ...(Object.keys(seek) as SeekPart[]).filter((part) => !reached.seek.includes(part)).map((part) => `scoring: ${part}`),
    ...(choose.length > 0 && !reached.chooses ? ['choosing before the reply'] : []),
    ...lay.filter(({ section }) => !reached.sections.includes(section)).map(({ section }) => `laying: ${section}`),
    ...(readModes[answer].callsBefore > 0 ? [`answering: ${answer}`] : []),
  ]
}
