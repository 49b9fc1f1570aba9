import type { MemoryId } from '#shared/ids.ts'
import type { Draft } from './draft.ts'
import { type Known, type KnownMemories, type Meaning, meaningOf, textOf } from './known-memories.ts'
import type { MemoryLink, Slot } from './memory.ts'

/** What becomes of a draft. `before`: it was true before the value that is known, which began at `until`. */
export type Settlement =
  | { readonly type: 'nothing' }
  | { readonly type: 'add'; readonly link?: MemoryLink; readonly closes?: MemoryId }
  | { readonly type: 'before'; readonly until: number; readonly by: MemoryId }
  | { readonly type: 'touch'; readonly memoryId: MemoryId }
  | { readonly type: 'revise'; readonly memoryId: MemoryId }
  | { readonly type: 'merge'; readonly memoryIds: readonly MemoryId[]; readonly keepsStart: boolean }
  | { readonly type: 'retire'; readonly memoryId: MemoryId }
  /** No rule is sure; nearest first, at most five. */
  | { readonly type: 'undecided'; readonly neighbours: readonly Known[] }

/** A value this young may have been a slip of the pen or a change: the user is asked which (rule M25). */
const recentMs = 86_400_000
const duplicateFrom = 0.85
const neighbourFrom = 0.45
const maxNeighbours = 5
/** What does not change: another value is a contradiction, however old the one before. */
const fixed = /^(?:user\/(?:name|origin)|my (?:name|birthday|blood type|star sign|hometown|native language))$/

/**
 * Decides by rules what a draft does to memory (Keep Me Updated, paper #87: pass, replace, append, delete; SHARE #96; slots
 * of S3-DST #51 and FnCTOD #108). Pinned memories are only touched and linked (rule M2).
 */
export function settleDraft(draft: Draft, known: KnownMemories): Settlement {
  if (known.holds(draft.evidence, draft.kind, draft.slot?.name)) return { type: 'nothing' }
  const meaning = meaningOf(textOf(draft.sentences))
  if (draft.stance === 'ends') return settleEnd(draft, meaning, known.open)
  if (draft.slot?.single) {
    const settled = settleSlot(draft, draft.slot, known.open)
    if (settled) return settled
  }
  const alike = known.open
    .filter(
      ({ memory }) =>
        memory.kind === draft.kind && !(memory.slot?.single && draft.slot?.single && memory.slot.name !== draft.slot.name),
    )
    .map((one) => ({ one, share: jaccard(one.meaning.stems, meaning.stems) }))
  const same = alike.find(({ one, share }) => share >= duplicateFrom && isAlike(one.meaning, meaning))
  if (same) return { type: 'touch', memoryId: same.one.memory.id }
  if (!draft.slot?.single) {
    const refined = alike.filter(({ one }) => !one.memory.pinned && !one.memory.slot?.single && refines(meaning, one.meaning))
    if (refined.length > 0) return { type: 'merge', memoryIds: refined.map(({ one }) => one.memory.id), keepsStart: true }
  }
  if (draft.kind === 'event') {
    const done = known.open.find(
      ({ memory, meaning: plan }) =>
        memory.kind === 'loop' &&
        !memory.pinned &&
        shared(plan.stems, meaning.stems) >= 2 &&
        coverage(plan.stems, meaning.stems) >= 0.5,
    )
    if (done) return { type: 'add', link: { to: done.memory.id, relation: 'continues' }, closes: done.memory.id }
  }
  if (draft.slot?.single) return { type: 'add' }
  const neighbours = alike
    .filter(({ one, share }) => !one.memory.pinned && !one.memory.slot?.single && share >= neighbourFrom)
    .sort((a, b) => b.share - a.share || (a.one.memory.id < b.one.memory.id ? -1 : 1))
    .slice(0, maxNeighbours)
    .map(({ one }) => one)
  return neighbours.length > 0 ? { type: 'undecided', neighbours } : { type: 'add' }
}

/** A slot that holds one value: the same is confirmed, a fuller one takes its place, another one replaces it or is asked about. */
function settleSlot(draft: Draft, slot: Slot, open: readonly Known[]): Settlement | undefined {
  const held = open.filter(({ memory }) => memory.slot?.single && memory.slot.name === slot.name)
  const value = meaningOf(slot.value)
  const values = held.map(({ memory }) => ({ memory, meaning: meaningOf(memory.slot?.value ?? '') }))
  const same = values.find(
    ({ memory, meaning }) => memory.slot?.value === slot.value || (isAlike(meaning, value) && covers(meaning.stems, value.stems)),
  )
  if (same) return { type: 'touch', memoryId: same.memory.id }
  const [first] = held
  if (!first) return undefined
  const later = held
    .filter(({ memory }) => memory.validFrom > draft.at)
    .sort((a, b) => a.memory.validFrom - b.memory.validFrom)[0]
  if (later) return { type: 'before', until: later.memory.validFrom, by: later.memory.id }
  const pinned = held.find(({ memory }) => memory.pinned)
  if (pinned) return { type: 'add', link: { to: pinned.memory.id, relation: 'contradicts' } }
  const memoryIds = held.map(({ memory }) => memory.id)
  if (values.every(({ meaning }) => refines(value, meaning))) return { type: 'merge', memoryIds, keepsStart: true }
  const told = draft.stance === 'changes' || draft.stance === 'corrects'
  const newest = held.reduce((a, b) => (b.memory.validFrom > a.memory.validFrom ? b : a))
  const unsure = fixed.test(slot.name) || draft.at - newest.memory.validFrom < recentMs
  if (!told && unsure) return { type: 'add', link: { to: newest.memory.id, relation: 'contradicts' } }
  return memoryIds.length === 1 ? { type: 'revise', memoryId: first.memory.id } : { type: 'merge', memoryIds, keepsStart: false }
}

/** "I sold the boat": what it ends is the one memory whose value or words it names; where several fit, no rule is sure. */
function settleEnd(draft: Draft, meaning: Meaning, open: readonly Known[]): Settlement {
  const before = open.filter(({ memory }) => memory.validFrom <= draft.at)
  const inSlot = before.filter(({ memory }) => draft.slot?.single && memory.slot?.name === draft.slot.name)
  const named = before
    .map((one) => ({ one, fit: fitOf(one, meaning) }))
    .filter(({ fit }) => fit >= 0.6)
    .sort((a, b) => b.fit - a.fit || (a.one.memory.id < b.one.memory.id ? -1 : 1))
  const targets = inSlot.length > 0 ? inSlot : named.map(({ one }) => one)
  const [first, second] = targets
  if (!first) return { type: 'add' }
  if (first.memory.pinned) return { type: 'add', link: { to: first.memory.id, relation: 'contradicts' } }
  const tied = second !== undefined && inSlot.length === 0 && named[0]?.fit === named[1]?.fit
  return tied ? { type: 'undecided', neighbours: targets.slice(0, maxNeighbours) } : { type: 'retire', memoryId: first.memory.id }
}

/** How far an ending names a memory: all words of its value, or most of its own words. */
function fitOf({ memory, meaning }: Known, ending: Meaning): number {
  const value = memory.slot && !memory.slot.name.startsWith('likes/') ? meaningOf(memory.slot.value).stems : new Set<string>()
  const byValue = value.size > 0 && covers(ending.stems, value) ? 1 : 0
  return Math.max(byValue, shared(meaning.stems, ending.stems) >= 1 ? coverage(meaning.stems, ending.stems) : 0)
}

const isAlike = (a: Meaning, b: Meaning): boolean => a.denies === b.denies && a.numbers === b.numbers

/** Whether `fuller` says all of `plain` and more, with the same numbers or more. */
function refines(fuller: Meaning, plain: Meaning): boolean {
  return (
    plain.denies === fuller.denies &&
    plain.stems.size > 0 &&
    fuller.stems.size > plain.stems.size &&
    covers(fuller.stems, plain.stems)
  )
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0
  for (const one of a) if (b.has(one)) count++
  return count
}
const covers = (whole: ReadonlySet<string>, part: ReadonlySet<string>): boolean => shared(part, whole) === part.size
/** Share of `a` that `b` holds. */
const coverage = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => (a.size === 0 ? 0 : shared(a, b) / a.size)
function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = shared(a, b)
  return a.size + b.size === 0 ? 0 : both / (a.size + b.size - both)
}
