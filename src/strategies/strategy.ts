import type { MemoryKind } from '#memory/memory.ts'
import type { ReadMode } from '#memory/read-modes.ts'
import type { SeekWeights } from '#memory/rescore.ts'

/** What can write memory. `facts` reads facts, events and loops; `segments` cuts a branch; `portrait` and `core` are versions of one text. */
export type WriterName = 'summary' | 'facts' | 'segments' | 'portrait' | 'core'

export type Writer = {
  readonly writer: WriterName
  /** `round`: after every reply, by rules alone. `epoch`: when one closes, by the model where it may write memory. */
  readonly on: 'round' | 'epoch'
  /** What it makes; writers of the same name and kinds are one. */
  readonly kinds: readonly MemoryKind[]
}

/**
 * A choice among memories of some kinds for one turn, none always allowed (`gate`). `by: 'model'`: a call before every reply,
 * where the loaded model may write memory; the KV cache of the chat is lost with it. Else rules choose.
 */
export type Choice = { readonly over: readonly MemoryKind[]; readonly most: number; readonly by: 'rules' | 'model' }

/** What stands in the head besides instructions and summary. */
export type SectionName = 'core' | 'portrait' | 'slots' | 'facts' | 'shared' | 'loops' | 'outline' | 'chronology'
export type Section = { readonly section: SectionName; readonly most: number }

/** A number that changes how a strategy behaves, within bounds. */
export type Knob = {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly default: number
}

/**
 * A method of the literature as data over the verbs: what it remembers and when, how it scores and chooses, what it lays into
 * the head and in which order, how the reply is to be produced, and what that costs (methods 3.5).
 */
export type Strategy = {
  readonly id: string
  readonly name: string
  /** `section`: the part of it that is done here. */
  readonly paper: { readonly number: number; readonly title: string; readonly section: string }
  /** In the words of a user. */
  readonly remembers: string
  readonly remember: readonly Writer[]
  readonly seek: SeekWeights
  /** Memories of these kinds are further keys to find turns by, beside their own words. */
  readonly keys: readonly MemoryKind[]
  readonly choose: readonly Choice[]
  /** Searches that the model may make before a reply, where it may write memory; else the app's own search has to do. */
  readonly searches: number
  readonly lay: readonly Section[]
  /** Lines that stand by weight and not by time: strongest first, or strongest at both ends (Lost in the Middle). */
  readonly order: 'strongest-first' | 'ends-first'
  /** False only for the control: nothing is recalled. */
  readonly recalls: boolean
  readonly answer: ReadMode
  /** Calls of the model; what is done by rules costs none. */
  readonly calls: { readonly beforeReply: number; readonly perEpoch: number }
  /** Engine level of methods 2.0 and the smallest model in parameters; 0 works with no model. */
  readonly needs: { readonly engine: 'E0' | 'E1' | 'E2' | 'E3'; readonly smallestModel: number }
  readonly knobs: readonly Knob[]
}

/** What most strategies leave as it is. */
export const plain = {
  remember: [],
  seek: {},
  keys: [],
  choose: [],
  searches: 0,
  lay: [],
  order: 'strongest-first',
  recalls: true,
  answer: 'direct',
  calls: { beforeReply: 0, perEpoch: 0 },
  needs: { engine: 'E0', smallestModel: 0 },
  knobs: [],
} as const satisfies Partial<Strategy>
