import type { MemoryId } from '#shared/ids.ts'
import { words } from '#shared/text-words.ts'
import { spanKey } from './draft-memory.ts'
import { isOpen } from './in-force.ts'
import type { Memory, MemoryKind, Sentence, Span } from './memory.ts'
import { sentenceInformation } from './sentence-information.ts'

/** What a text says, for comparing it: its stems, its numbers, and whether it denies something. */
export type Meaning = { readonly stems: ReadonlySet<string>; readonly numbers: string; readonly denies: boolean }

const denial = /\b(?:no|not|never|none|without|cannot)\b|n['’]t\b/i

export function meaningOf(text: string): Meaning {
  const stems = sentenceInformation(text, undefined).stems
  const numbers = words(text).filter((word) => /\d/.test(word.text))
  return {
    stems,
    numbers: numbers
      .map((word) => word.text)
      .sort()
      .join(' '),
    denies: denial.test(text),
  }
}

export const textOf = (sentences: readonly Sentence[]): string => sentences.map(({ text }) => text).join(' ')

/** Kinds whose memories are told apart by `reconcile`; summaries and their like are versions of one text. */
const settled: ReadonlySet<MemoryKind> = new Set(['fact', 'event', 'loop', 'slot'])

export type Known = { readonly memory: Memory; readonly meaning: Meaning }

/** The memories that a draft is held against, in an order that does not depend on how they came. */
export class KnownMemories {
  readonly #open = new Map<MemoryId, Known>()
  readonly #bySpan = new Map<string, Set<Memory>>()

  constructor(memories: Iterable<Memory>) {
    for (const memory of memories) this.put(memory)
  }

  put(memory: Memory): void {
    if (!settled.has(memory.kind)) return
    if (isOpen(memory)) this.#open.set(memory.id, { memory, meaning: meaningOf(textOf(memory.sentences) || memory.text) })
    else this.#open.delete(memory.id)
    for (const span of memory.evidence) {
      const key = spanKey(span)
      const group = this.#bySpan.get(key)
      if (group) group.add(memory)
      else this.#bySpan.set(key, new Set([memory]))
    }
  }

  get open(): readonly Known[] {
    return [...this.#open.values()]
  }

  /** Whether some memory, in force or not, has all of this evidence: then what it says was settled before. */
  holds(evidence: readonly Span[], kind: MemoryKind, slotName: string | undefined): boolean {
    const [first, ...rest] = evidence
    const group = first && this.#bySpan.get(spanKey(first))
    if (!group) return false
    return [...group].some((memory) => {
      const spans = new Set(memory.evidence.map(spanKey))
      const same = memory.kind === kind || (memory.slot?.name ?? '') === (slotName ?? '') || memory.retired
      return same && rest.every((span) => spans.has(spanKey(span)))
    })
  }
}
