import type { MemoryId, OpId } from '#shared/ids.ts'
import { textHash } from '#shared/text-hash.ts'
import { type Ask, addCalls, type CallReport, noCalls } from './ask.ts'
import type { Draft } from './draft.ts'
import { draftKey, draftMemory } from './draft-memory.ts'
import { type Known, KnownMemories } from './known-memories.ts'
import type { Cause, Memory, MemoryOp } from './memory.ts'
import { parseVerdict, reconcileOutputTokens, reconcilePrompt } from './reconcile-prompt.ts'
import { applyOp } from './reduce-memory.ts'
import { type Settlement, settleDraft } from './settle-draft.ts'

export type ReconcileRequest = {
  readonly drafts: readonly Draft[]
  readonly memories: Iterable<Memory>
  readonly now: number
  readonly cause: Cause
  /** Asks a model where no rule is sure; without it such drafts are added. */
  readonly ask?: Ask
}

export type Reconciled = { readonly ops: readonly MemoryOp[]; readonly calls: CallReport }

/** Milliseconds between the ops of one call. */
const tick = 1 / 1024

/**
 * Drafts become ops: add, touch, revise, merge, retire, link. Rules decide first, a model only what they leave open, one draft
 * a call (methods 3.8, skeleton 4); an answer that is not in the form means add (rule M23). Drafts are taken in order of time.
 * The same drafts against the memory that came of them make no ops (rule M10).
 */
export async function reconcile({ drafts, memories, now, cause, ask }: ReconcileRequest): Promise<Reconciled> {
  const state = new Map<MemoryId, Memory>()
  for (const memory of memories) state.set(memory.id, memory)
  const known = new KnownMemories(state.values())
  const ops: MemoryOp[] = []
  let calls = noCalls
  for (const draft of [...drafts].sort((a, b) => a.at - b.at)) {
    let settlement = settleDraft(draft, known)
    if (settlement.type === 'undecided') {
      const verdict = ask && (await askAbout(draft, settlement.neighbours, ask))
      calls = verdict ? addCalls(calls, verdict.calls) : calls
      settlement = verdict?.settlement ?? { type: 'add' }
    }
    for (const made of opsOf(draft, settlement, state, now, cause)) {
      // The log is in order of time, and what is decided here builds on what was decided just before.
      const op = { ...made, at: now + ops.length * tick }
      ops.push(op)
      applyOp(state, op)
      for (const id of touchedBy(op)) {
        const memory = state.get(id)
        if (memory) known.put(memory)
      }
    }
  }
  return { ops, calls }
}

async function askAbout(draft: Draft, neighbours: readonly Known[], ask: Ask) {
  const texts = neighbours.map(({ memory }) => memory.text)
  const verdict = parseVerdict(await ask(reconcilePrompt(draft, texts), reconcileOutputTokens), texts.length)
  const calls: CallReport = { asked: 1, parsed: verdict ? 1 : 0, lines: 1, dropped: verdict ? 0 : 1 }
  return { calls, settlement: verdict ? byVerdict(verdict, neighbours) : undefined }
}

function byVerdict(verdict: NonNullable<ReturnType<typeof parseVerdict>>, neighbours: readonly Known[]): Settlement {
  const memoryId = verdict.type === 'add' ? undefined : neighbours[verdict.index]?.memory.id
  if (verdict.type === 'add' || memoryId === undefined) return { type: 'add' }
  if (verdict.type === 'same') return { type: 'touch', memoryId }
  if (verdict.type === 'replaces') return { type: 'revise', memoryId }
  if (verdict.type === 'ends') return { type: 'retire', memoryId }
  return { type: 'add', link: { to: memoryId, relation: 'continues' } }
}

function opsOf(
  draft: Draft,
  settlement: Settlement,
  state: ReadonlyMap<MemoryId, Memory>,
  now: number,
  cause: Cause,
): readonly MemoryOp[] {
  const { evidence, at } = draft
  const key = draftKey(draft)
  const base = (type: string, about: readonly MemoryId[] = []) => ({
    id: `op:${textHash(JSON.stringify([type, about, key]))}` as OpId,
    at: now,
    cause,
  })
  // An ending that ended nothing is a fact of its own, not a value of what it speaks of.
  const { slot: _slot, ...free } = draft
  const memory = draftMemory(draft.stance === 'ends' ? free : draft, now)
  switch (settlement.type) {
    case 'nothing':
    case 'undecided':
      return []
    case 'add': {
      const { link, closes } = settlement
      return [
        { ...base('add'), type: 'add', memory },
        ...(link ? [{ ...base('link', [link.to]), type: 'link', memoryId: memory.id, link } as const] : []),
        ...(closes ? [{ ...base('retire', [closes]), type: 'retire', memoryId: closes, until: at, evidence } as const] : []),
      ]
    }
    case 'before':
      return [{ ...base('add'), type: 'add', memory: { ...memory, validUntil: settlement.until, replacedBy: settlement.by } }]
    case 'touch':
    case 'retire': {
      const { type, memoryId } = settlement
      return [
        type === 'touch'
          ? { ...base(type, [memoryId]), type, memoryId, evidence }
          : { ...base(type, [memoryId]), type, memoryId, until: at, evidence },
      ]
    }
    case 'revise':
      return [{ ...base('revise', [settlement.memoryId]), type: 'revise', memoryId: settlement.memoryId, memory }]
    case 'merge': {
      const { memoryIds, keepsStart } = settlement
      const old = memoryIds.flatMap((id) => state.get(id) ?? [])
      const validFrom = keepsStart ? Math.min(at, ...old.map((one) => one.validFrom)) : at
      const strength = keepsStart ? old.reduce((sum, one) => sum + one.strength, 1) : 1
      return [
        {
          ...base('merge', memoryIds),
          type: 'merge',
          memoryIds,
          memory: { ...memory, validFrom, strength, foldedFrom: memoryIds },
        },
      ]
    }
  }
}

/** Memories that an op of `reconcile` makes or changes. */
function touchedBy(op: MemoryOp): readonly MemoryId[] {
  if (op.type === 'add') return [op.memory.id]
  if (op.type === 'revise') return [op.memoryId, op.memory.id]
  if (op.type === 'merge') return [...op.memoryIds, op.memory.id]
  return op.type === 'touch' || op.type === 'retire' || op.type === 'link' ? [op.memoryId] : []
}
