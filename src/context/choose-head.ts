import type { Memory } from '#memory/memory.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { CountedPart } from './attribute-tokens.ts'
import { layHead, sectionTokens } from './lay-head.ts'
import type { DropReason } from './manifest.ts'

export type HeadRoom = {
  /** Most tokens of each section. */
  readonly you: number
  readonly summary: number
  /** Most tokens of both together. */
  readonly both: number
}

/** A memory that stayed out of the head. */
export type HeadLeft = {
  readonly memory: Memory
  readonly section: 'you' | 'summary'
  readonly tokens: number
  readonly reason: DropReason
}

export type Head = {
  readonly part: CountedPart | undefined
  readonly tokens: number
  readonly summary: Memory | undefined
  readonly left: readonly HeadLeft[]
}

/** The head of an epoch: the instructions, then as much as fits of what is known about the user and of the summary. */
export function chooseHead(input: AssembleInput, room: HeadRoom, count: CountTokens): Head {
  const lay = (you: readonly Memory[], summary?: Memory) =>
    layHead(input.template, { instructions: input.instructions, you, ...(summary ? { summary } : {}) }, count)
  const plain = lay([])
  const extra = (part: CountedPart | undefined) => Math.max(0, (part?.tokens ?? 0) - (plain?.tokens ?? 0))
  const left: HeadLeft[] = []
  const you: Memory[] = []
  let part = plain
  const leave = (memory: Memory, section: HeadLeft['section'], tokens: number, reason: DropReason) =>
    left.push({ memory, section, tokens, reason })

  for (const memory of input.you) {
    const own = count(`\n- ${memory.text}`)
    if (!input.memoryOn) leave(memory, 'you', own, { type: 'memory-off' })
    else if (memory.replacedBy !== undefined) leave(memory, 'you', own, { type: 'superseded', by: memory.replacedBy })
    else {
      const larger = lay([...you, memory])
      const used = sectionTokens(part, 'you')
      const neededTokens = Math.max(sectionTokens(larger, 'you') - used, extra(larger) - extra(part))
      const availableTokens = Math.max(0, Math.min(room.you - used, room.both - extra(part)))
      if (neededTokens > availableTokens) leave(memory, 'you', own, { type: 'no-room', neededTokens, availableTokens })
      else {
        you.push(memory)
        part = larger
      }
    }
  }
  const { summary } = input
  if (!summary) return { part, tokens: part?.tokens ?? 0, summary, left }
  const larger = lay(you, summary)
  const neededTokens = Math.max(sectionTokens(larger, 'summary'), extra(larger) - extra(part))
  const availableTokens = Math.max(0, Math.min(room.summary, room.both - extra(part)))
  if (neededTokens <= availableTokens) return { part: larger, tokens: larger?.tokens ?? 0, summary, left }
  leave(summary, 'summary', neededTokens, { type: 'no-room', neededTokens, availableTokens })
  return { part, tokens: part?.tokens ?? 0, summary: undefined, left }
}
