import type { MemoryId } from '#shared/ids.ts'
import { differ, type Frame, framesOf, slotFrame, statementOf, tokensOf } from './claim.ts'
import { inForce } from './in-force.ts'
import type { Memory, OpBody } from './memory.ts'

/** Open memories that cannot all hold as they stand, the one that held first standing first. */
export type Contradiction = { readonly memories: readonly Memory[] }

type Answer = { readonly memory: Memory; readonly frame: Frame }

/** More different answers than these show that the question takes many: a list, a numbered series, a slot used as a heading. */
const mostAnswers = { words: 2, number: 4, slot: 12 } as const

/**
 * Open facts and slots that give different values for one thing (rule M41), by rules of form alone: a slot of the same
 * name, a claim that is the same but for its number or for what follows a preposition or copula, or the same claim said
 * and denied. A question with many open answers is a list and no contradiction. Events are left out: what happened twice is no contradiction. Time is linear in the words.
 */
export function findContradictions(memories: Iterable<Memory>, now: number): readonly Contradiction[] {
  const answers = new Map<string, Answer[]>()
  const statements = new Map<string, { readonly memory: Memory; readonly denied: boolean }[]>()
  for (const memory of memories) {
    if ((memory.kind !== 'fact' && memory.kind !== 'slot') || !inForce(memory, now)) continue
    const slot = memory.kind === 'slot' ? slotFrame(memory.text) : undefined
    const tokens = tokensOf(memory.text)
    for (const frame of slot ? [slot] : framesOf(tokens)) file(answers, frame.key, { memory, frame })
    const statement = slot ? undefined : statementOf(tokens)
    if (statement) file(statements, statement.content, { memory, denied: statement.denied })
  }
  const groups = new Map<string, readonly Memory[]>()
  const found = (members: readonly Memory[]) => {
    const ordered = [...new Set(members)].sort((a, b) => a.validFrom - b.validFrom || a.createdAt - b.createdAt || byId(a, b))
    if (!settled(ordered)) groups.set(ordered.map(({ id }) => id).join(' '), ordered)
  }
  for (const said of statements.values())
    if (said.some(({ denied }) => denied) && said.some(({ denied }) => !denied)) found(said.map(({ memory }) => memory))
  for (const given of answers.values()) {
    if (given.length === 1) continue
    const most = Math.min(...given.map(({ frame }) => mostAnswers[frame.type]))
    const count = distinct(given, most + 1)
    if (count >= 2 && count <= most) found(given.map(({ memory }) => memory))
  }
  return largest([...groups.values()]).map((group) => ({ memories: group }))
}

/**
 * The ops by which one value holds (rule M42): one that held before it ended when it began; one that began later was a
 * mistake and is taken out. A pin goes over to the value that holds.
 */
export function chooseValue({ memories }: Contradiction, chosen: MemoryId): readonly OpBody[] {
  const winner = memories.find(({ id }) => id === chosen)
  if (!winner) return []
  const { kept: _kept, ...memory } = winner
  const others = memories.filter(({ id }) => id !== chosen)
  const pin: OpBody[] =
    !winner.pinned && others.some(({ pinned }) => pinned) ? [{ type: 'pin', memoryId: chosen, pinned: true }] : []
  return [
    ...others.map(
      ({ id, validFrom }): OpBody =>
        validFrom <= winner.validFrom ? { type: 'revise', memoryId: id, memory } : { type: 'retire', memoryId: id },
    ),
    ...pin,
  ]
}

/** The op by which all of them hold: what is kept is not asked about again. */
export function keepAll({ memories }: Contradiction): readonly OpBody[] {
  return [{ type: 'keep', check: 'contradiction', memoryIds: memories.map(({ id }) => id) }]
}

/** Whether the user said of every pair that both hold. */
function settled(members: readonly Memory[]): boolean {
  return members.every((one) =>
    members.every(
      (other) =>
        other === one || one.kept?.some(({ check, beside }) => check === 'contradiction' && beside.includes(other.id)) === true,
    ),
  )
}

/** How many answers there are of which each differs from all others; counted up to `most`. */
function distinct(given: readonly Answer[], most: number): number {
  const values: Answer[] = []
  for (const answer of given.toSorted((a, b) => a.frame.value.length - b.frame.value.length || byId(a.memory, b.memory))) {
    if (values.every((known) => differ(known.frame.value, answer.frame.value))) values.push(answer)
    if (values.length === most) break
  }
  return values.length
}

/** Without groups that lie within another. */
function largest(groups: readonly (readonly Memory[])[]): readonly (readonly Memory[])[] {
  const ofMemory = new Map<Memory, Set<readonly Memory[]>>()
  for (const group of groups) for (const memory of group) (ofMemory.get(memory) ?? set(ofMemory, memory)).add(group)
  return groups.filter((group) => {
    const [first, ...rest] = group
    const around = first ? [...(ofMemory.get(first) ?? [])] : []
    return !around.some((other) => other.length > group.length && rest.every((memory) => other.includes(memory)))
  })
}

function set<Key, Value>(map: Map<Key, Set<Value>>, key: Key): Set<Value> {
  const fresh = new Set<Value>()
  map.set(key, fresh)
  return fresh
}

function file<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function byId(a: Memory, b: Memory): number {
  return a.id < b.id ? -1 : 1
}
