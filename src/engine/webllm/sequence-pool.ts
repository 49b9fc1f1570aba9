import type { PromptPart } from '#context/template.ts'
import { assert } from '#shared/assert.ts'
import { pageTokens } from './kv-sequences.ts'
import type { Pipeline } from './pipeline.ts'
import { type KvContents, planReading } from './plan-reading.ts'
import { encodeParts } from './read-prompt.ts'

/** A prompt that wants a place: `least` and `most` tokens will follow it. */
type Wanted = {
  readonly prompt: readonly PromptPart[]
  readonly least: number
  readonly most: number
  /** The conversation whose prompt it is; absent for work beside the conversations. */
  readonly owner?: string | undefined
  /** To be read from its first token, whatever of it is held. */
  readonly fresh?: boolean
}

/** Where a prompt is read to: what stands there, and who keeps the record of it. */
export type Place = { readonly kv: KvContents; keep(kv: KvContents): void }

export type SequencePool = {
  /** Puts the sequence in use that the prompt is to be read to, making room for it. */
  place(wanted: Wanted): Place
  /** Conversations whose newest sequence is there. */
  owners(): readonly string[]
  /** Empties all of it. */
  clear(): void
}

type Held = { readonly sequence: number; owner: string | undefined; kv: KvContents; usedAt: number }
type Ranked = { readonly held: Held; readonly kept: number }

const nothing: KvContents = { ids: [], spans: [] }
/** Sequences at once: each costs its pages alone, but a fork splits blocks, and many would be searched for every prompt. */
const mostSequences = 8
/** A beginning that is worth sharing: below it a fork saves less than it costs. */
const worthSharing = 2 * pageTokens

/**
 * What of earlier prompts stays in the KV cache. Conversations each have a sequence of their own, an edited one also what stood
 * there before the edit, and work beside them has one more. All share the pages of one window: who was not used longest makes
 * room, and work beside them does so first. Work beside them takes the place of the conversation last used only where nothing
 * else leaves it room.
 */
export function createSequencePool(pipeline: Pipeline): SequencePool {
  const { sequences, windowTokens } = pipeline
  let all: readonly Held[] = [{ sequence: 0, owner: undefined, kv: nothing, usedAt: 0 }]
  let now = 0
  /** By conversation: the sequence of its last prompt, which may be gone while one of an older branch is there. */
  const newest = new Map<string, Held>()

  const without = (...some: readonly (Held | undefined)[]) => all.filter((held) => !some.includes(held))

  function remove(held: Held): void {
    sequences?.remove(held.sequence)
    all = without(held)
  }

  function enter(held: Held, owner: string | undefined): Place {
    sequences?.use(held.sequence)
    held.owner = owner
    held.usedAt = ++now
    if (owner !== undefined) newest.set(owner, held)
    return {
      kv: held.kv,
      keep(kv) {
        held.kv = kv
      },
    }
  }

  /** A new sequence, beginning with what a held one shares with the prompt. */
  function add(source: Ranked | undefined, owner: string | undefined): Place {
    const taken = new Set(all.map(({ sequence }) => sequence))
    let sequence = 0
    while (taken.has(sequence)) sequence++
    let kv = nothing
    if (source) {
      // One token more, to be read again: what is kept may end a token before a text does that is known as a whole.
      const tokens = Math.min(source.kept + 1, source.held.kv.ids.length)
      sequences?.fork(source.held.sequence, sequence, tokens)
      kv = { ids: source.held.kv.ids.slice(0, tokens), spans: source.held.kv.spans }
    } else sequences?.add(sequence)
    const held: Held = { sequence, owner, kv, usedAt: 0 }
    all = [...all, held]
    return enter(held, owner)
  }

  /** Removes some of those that may go, dearest last, until there is room. */
  function makeRoom(pages: number, added: 0 | 1, mayGo: readonly Held[]): boolean {
    const fits = () => (sequences?.freePages() ?? 0) >= pages && all.length + added <= mostSequences
    const cost = ({ owner, usedAt }: Held) => (owner === undefined ? 0 : usedAt)
    for (const held of [...mayGo].sort((a, b) => cost(a) - cost(b))) {
      if (fits()) return true
      remove(held)
    }
    return fits()
  }

  function takeOver(held: Held, owner: string | undefined): Place {
    for (const other of without(held)) remove(other)
    return enter(held, owner)
  }

  /** An empty sequence for `pages`; where there is no room beside the conversation last used, its own. */
  function placeFresh(pages: number, owner: string | undefined): Place {
    const talk = lastTalk()
    if (sequences) {
      for (const beside of all.filter((one) => one.owner === undefined)) remove(beside)
      if (makeRoom(pages, 1, without(talk))) return add(undefined, owner)
    }
    const [held] = talk ? [talk] : all
    assert(held, 'one sequence is always held')
    const { keep } = takeOver(held, owner)
    keep(nothing)
    return { kv: nothing, keep }
  }

  const lastTalk = () => all.filter(({ owner }) => owner !== undefined).sort((a, b) => b.usedAt - a.usedAt)[0]

  return {
    clear() {
      const [first, ...others] = all
      assert(first, 'one sequence is always held')
      for (const other of others) remove(other)
      enter(first, undefined).keep(nothing)
      pipeline.truncate(0)
    },
    owners: () => [...newest].flatMap(([owner, held]) => (all.includes(held) && held.owner === owner ? owner : [])),
    place({ prompt, least, most, owner, fresh = false }) {
      const parts = encodeParts(pipeline, prompt)
      const tokens = parts.reduce((sum, { ids }) => sum + ids.length, 0)
      // It will be refused: nothing is given up for it.
      if (tokens === 0 || tokens + least > windowTokens) return { kv: nothing, keep: () => {} }
      const pagesFrom = (from: number) =>
        Math.ceil(Math.min(tokens + most, windowTokens) / pageTokens) - Math.floor(from / pageTokens) + 1
      if (fresh) return placeFresh(pagesFrom(0), owner)
      const ranked = all.map((held) => ({ held, kept: planReading(held.kv, parts, pipeline.encode).keep }))
      const own = ({ held }: Ranked) => Number(held.owner === owner)
      const [best] = ranked.sort((a, b) => b.kept - a.kept || own(b) - own(a) || b.held.usedAt - a.held.usedAt)
      assert(best, 'one sequence is always held')
      const { held, kept } = best
      if (!sequences) return enter(held, owner)

      const source = kept >= worthSharing ? best : undefined
      const room = pagesFrom(source ? kept : 0)

      if (owner === undefined) {
        const talk = lastTalk()
        if (own(best)) return makeRoom(pagesFrom(kept), 0, without(held, talk)) ? enter(held, owner) : takeOver(held, owner)
        for (const beside of all.filter((one) => one.owner === undefined)) remove(beside)
        if (makeRoom(room, 1, without(source?.held, talk))) return add(source, owner)
        return takeOver(source?.held ?? talk ?? held, owner)
      }
      if (!own(best)) return makeRoom(room, 1, without(source?.held)) ? add(source, owner) : takeOver(held, owner)
      // An edit or another branch: what stood there before is worth a sequence, but not another conversation's.
      const cut = held.kv.ids.length - kept
      const lesser = without(held).filter((one) => one.owner === undefined || one.owner === owner)
      if (cut > pageTokens && source && makeRoom(room, 1, lesser)) return add(source, owner)
      makeRoom(pagesFrom(kept), 0, without(held))
      return enter(held, owner)
    },
  }
}
