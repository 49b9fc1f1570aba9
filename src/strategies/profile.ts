import type { MemoryKind } from '#memory/memory.ts'
import type { ReadMode } from '#memory/read-modes.ts'
import type { SeekWeights } from '#memory/rescore.ts'
import type { Choice, Section, Strategy, Writer } from './strategy.ts'

/** A set of strategies for a kind of conversation, and what they come to together. */
export type Profile = {
  readonly id: string
  readonly name: string
  /** What it is for, in a sentence. */
  readonly about: string
  readonly strategies: readonly Strategy[]
}

/** What strategies come to when they are merged: all that the runtime looks at. */
export type Plan = {
  readonly writers: readonly Writer[]
  readonly seek: SeekWeights
  readonly keys: readonly MemoryKind[]
  readonly choices: readonly Choice[]
  readonly searches: number
  readonly sections: readonly Section[]
  readonly order: Strategy['order']
  readonly recalls: boolean
  readonly answer: ReadMode
  readonly calls: Strategy['calls']
  /** Values of the knobs by `strategy.knob`. */
  readonly knobs: Readonly<Record<string, number>>
}
