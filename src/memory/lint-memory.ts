import type { MemoryId, MessageId } from '#shared/ids.ts'
import { statementOf, tokensOf } from './claim.ts'
import { chooseValue, findContradictions, keepAll } from './find-contradictions.ts'
import { findSecrets, type Secret, withoutSecrets } from './find-secrets.ts'
import { type Stale, staleness } from './find-stale.ts'
import { inForce } from './in-force.ts'
import type { Memory, MemoryCheck, OpBody } from './memory.ts'
import { maskedMemory, mergedMemory } from './mend-memory.ts'

/** One way out of a finding: ops that can be undone together. */
export type Repair = {
  readonly name: 'hold' | 'keep' | 'merge' | 'retire' | 'mask'
  /** For `hold`: the value that holds. */
  readonly memoryId?: MemoryId
  readonly ops: readonly OpBody[]
}

/** Something about memory that a person should look at. `id` is the same for the same check of the same memories. */
export type Finding = {
  readonly id: string
  readonly check: MemoryCheck
  /** The one that held first stands first. */
  readonly memories: readonly Memory[]
  readonly stale?: Stale
  readonly secrets?: readonly Secret['type'][]
  readonly repairs: readonly Repair[]
}

export type LintInput = {
  readonly memories: Iterable<Memory>
  readonly now: number
  /** Who wrote a message; undefined where it is not known. */
  readonly roleOf: (id: MessageId) => 'user' | 'assistant' | undefined
}

/**
 * Everything that a person should look at (rules M40 to M47): contradictions, duplicates, what has outlived its time, what
 * only the assistant said, and secrets. It changes nothing: each finding comes with the ops of its repairs.
 */
export function lintMemory({ memories, now, roleOf }: LintInput): readonly Finding[] {
  const all = [...memories].filter(({ retired, replacedBy }) => !retired && replacedBy === undefined)
  return [
    ...all.flatMap(secretFinding),
    ...findContradictions(all, now).map(contradictionFinding),
    ...duplicates(all, now).map(duplicateFinding),
    ...all.flatMap((memory) => echoFinding(memory, now, roleOf)),
    ...all.flatMap((memory) => staleFinding(memory, now)),
  ]
}

function secretFinding(memory: Memory): Finding[] {
  const texts = [memory.text, ...memory.sentences.map(({ text }) => text)]
  const types = new Set(texts.flatMap((text) => findSecrets(text).map(({ type }) => type)))
  if (types.size === 0 || isKept(memory, 'secret')) return []
  const mask: OpBody[] = [{ type: 'revise', memoryId: memory.id, memory: maskedMemory(memory, withoutSecrets) }]
  // Sentences of a pinned version go into every later one (rule M2): the version with the secret must not be one.
  if (memory.pinned && memory.kind === 'summary') mask.push({ type: 'pin', memoryId: memory.id, pinned: false })
  const repairs: Repair[] = [{ name: 'mask', ops: mask }, retire([memory]), keep('secret', [memory])]
  return [finding('secret', [memory], repairs, { secrets: [...types] })]
}

function contradictionFinding(contradiction: { readonly memories: readonly Memory[] }): Finding {
  const holds = contradiction.memories
    .toReversed()
    .map(({ id }): Repair => ({ name: 'hold', memoryId: id, ops: chooseValue(contradiction, id) }))
  return finding('contradiction', contradiction.memories, [...holds, { name: 'keep', ops: keepAll(contradiction) }])
}

/** Open memories of one kind, but summaries, that say the same words of meaning in the same order (rule M43). */
function duplicates(memories: readonly Memory[], now: number): readonly (readonly Memory[])[] {
  const groups = new Map<string, Memory[]>()
  for (const memory of memories) {
    if (memory.kind === 'summary' || !inForce(memory, now)) continue
    const statement = statementOf(tokensOf(memory.text))
    if (!statement) continue
    const key = `${memory.kind} ${statement.denied} ${statement.content}`
    const group = groups.get(key)
    if (group) group.push(memory)
    else groups.set(key, [memory])
  }
  return [...groups.values()].filter((group) => group.length > 1 && !group.every((memory) => isKept(memory, 'duplicate', group)))
}

function duplicateFinding(group: readonly Memory[]): Finding {
  const ordered = group.toSorted((a, b) => a.validFrom - b.validFrom || (a.id < b.id ? -1 : 1))
  const ids = ordered.map(({ id }) => id)
  return finding('duplicate', ordered, [
    { name: 'merge', ops: [{ type: 'merge', memoryIds: ids, memory: mergedMemory(ordered) }] },
    keep('duplicate', ordered),
  ])
}

/** What was made from the assistant's words alone (rule M44): a model that reads its own guesses back believes them. */
function echoFinding(memory: Memory, now: number, roleOf: LintInput['roleOf']): Finding[] {
  if (memory.kind === 'summary' || memory.madeBy === 'user' || memory.evidence.length === 0) return []
  if (!inForce(memory, now) || isKept(memory, 'echo')) return []
  if (!memory.evidence.every(({ messageId }) => roleOf(messageId) === 'assistant')) return []
  return [finding('echo', [memory], [retire([memory]), keep('echo', [memory])])]
}

function staleFinding(memory: Memory, now: number): Finding[] {
  const stale = staleness(memory, now)
  if (!stale || memory.pinned || isKept(memory, 'stale')) return []
  return [finding('stale', [memory], [retire([memory]), keep('stale', [memory])], { stale })]
}

function finding(
  check: MemoryCheck,
  memories: readonly Memory[],
  repairs: readonly Repair[],
  more: Pick<Finding, 'stale' | 'secrets'> = {},
): Finding {
  return { id: `${check} ${memories.map(({ id }) => id).join(' ')}`, check, memories, repairs, ...more }
}

function retire(memories: readonly Memory[]): Repair {
  return { name: 'retire', ops: memories.map(({ id }) => ({ type: 'retire', memoryId: id })) }
}

function keep(check: MemoryCheck, memories: readonly Memory[]): Repair {
  return { name: 'keep', ops: [{ type: 'keep', check, memoryIds: memories.map(({ id }) => id) }] }
}

function isKept(memory: Memory, check: MemoryCheck, beside: readonly Memory[] = [memory]): boolean {
  return (
    memory.kept?.some(
      (kept) => kept.check === check && beside.every(({ id }) => id === memory.id || kept.beside.includes(id)),
    ) === true
  )
}
