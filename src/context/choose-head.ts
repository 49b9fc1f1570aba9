import type { Memory } from '#memory/memory.ts'
import type { AssembleInput, CountTokens, HeadLine } from './assemble-input.ts'
import type { CountedPart } from './attribute-tokens.ts'
import { layHead, sectionTokens } from './lay-head.ts'
import { supersession } from './left-out.ts'
import type { DropReason } from './manifest.ts'
import { pinnedWhy } from './recalled-block.ts'

export type HeadRoom = {
  /** Most tokens of each section; of the summary, or why it has none. */
  readonly you: number
  readonly summary: number | DropReason
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

/**
 * The head of an epoch: the instructions, what the user pinned, the summary, then as much as fits of what else is known. The
 * summary comes before what no one pinned, since it stands for turns that are left out (rule C18).
 */
export function chooseHead(input: AssembleInput, room: HeadRoom, count: CountTokens): Head {
  const left: HeadLeft[] = []
  const you: HeadLine[] = []
  let summary: Memory | undefined
  const lay = (lines: readonly HeadLine[], last: Memory | undefined) =>
    layHead(
      input.template,
      {
        instructions: input.instructions,
        you: lines,
        ...(last ? { summary: last } : {}),
        ...(input.readMode ? { readMode: input.readMode } : {}),
        ...(input.named ? { named: input.named } : {}),
      },
      count,
    )
  const plain = lay([], undefined)
  let part = plain
  const extra = (laid: CountedPart | undefined) => Math.max(0, (laid?.tokens ?? 0) - (plain?.tokens ?? 0))
  const leave = (memory: Memory, section: HeadLeft['section'], tokens: number, reason: DropReason) =>
    left.push({ memory, section, tokens, reason })

  const isWanted = ({ memory }: HeadLine) => input.wishes?.pinned.includes(memory.id) ?? false
  const isHidden = ({ id }: Memory) => input.wishes?.hidden.includes(id) ?? false

  function takeLine(given: HeadLine): void {
    const line = isWanted(given) ? { ...given, why: pinnedWhy } : given
    const { memory } = line
    const own = count(`\n- ${line.text}`)
    if (!input.memoryOn) return void leave(memory, 'you', own, { type: 'memory-off' })
    if (isHidden(memory)) return void leave(memory, 'you', own, { type: 'hidden' })
    const replaced = isWanted(line) ? undefined : supersession(memory)
    if (replaced) return void leave(memory, 'you', own, replaced)
    const larger = lay([...you, line], summary)
    const used = sectionTokens(part, 'you')
    const availableTokens = Math.max(0, Math.min(room.you - used, room.both - extra(part)))
    // Where tokens merge across lines, one more line may make the summary longer.
    const over = summary && typeof room.summary === 'number' ? sectionTokens(larger, 'summary') - room.summary : 0
    const neededTokens = Math.max(
      sectionTokens(larger, 'you') - used,
      extra(larger) - extra(part),
      over > 0 ? availableTokens + over : 0,
    )
    if (neededTokens > availableTokens) return void leave(memory, 'you', own, { type: 'no-room', neededTokens, availableTokens })
    you.push(line)
    part = larger
  }

  function takeSummary(offered: Memory): void {
    if (isHidden(offered)) return void leave(offered, 'summary', count(offered.text), { type: 'hidden' })
    if (typeof room.summary !== 'number') return void leave(offered, 'summary', count(offered.text), room.summary)
    const larger = lay(you, offered)
    const neededTokens = Math.max(sectionTokens(larger, 'summary'), extra(larger) - extra(part))
    const availableTokens = Math.max(0, Math.min(room.summary, room.both - extra(part)))
    if (neededTokens > availableTokens)
      return void leave(offered, 'summary', neededTokens, { type: 'no-room', neededTokens, availableTokens })
    summary = offered
    part = larger
  }

  const first = (line: HeadLine) => line.memory.pinned || isWanted(line)
  for (const line of input.you) if (first(line)) takeLine(line)
  if (input.summary) takeSummary(input.summary)
  for (const line of input.you) if (!first(line)) takeLine(line)
  return { part, tokens: part?.tokens ?? 0, summary, left }
}
