import type { CountedPart } from './attribute-tokens.ts'
import { numberOfRef, refAfter } from './line-refs.ts'
import { type Manifest, type ManifestItem, type ManifestSection, type Run, type SectionName, sectionNames } from './manifest.ts'
import type { ItemSeed } from './part-writer.ts'
import type { PromptPart } from './template.ts'

const letters: Record<SectionName, string> = {
  instructions: 'I',
  you: 'Y',
  summary: 'S',
  turns: 'T',
  recalled: 'R',
  message: 'M',
}

type Entry = { tokens: number; items: ManifestItem[]; runs: Run[] }

/**
 * Collects the parts of one prompt, in order, and keeps the account of which section and item owns which tokens. No new item
 * gets a ref that is `named` already.
 */
export function openLedger(named?: ReadonlySet<string>) {
  const parts: PromptPart[] = []
  const book = Object.fromEntries(sectionNames.map((name) => [name, { tokens: 0, items: [], runs: [] }])) as unknown as Record<
    SectionName,
    Entry
  >
  let tokens = 0

  function own(section: SectionName, amount: number) {
    const entry = book[section]
    const last = entry.runs.at(-1)
    if (amount > 0) {
      if (last && last.start + last.tokens === tokens)
        entry.runs[entry.runs.length - 1] = { start: last.start, tokens: last.tokens + amount }
      else entry.runs.push({ start: tokens, tokens: amount })
    }
    entry.tokens += amount
    tokens += amount
  }

  const lastOf = (section: SectionName) => numberOfRef(book[section].items.at(-1)?.ref ?? `${letters[section]}0`)

  return {
    add({ part, pieces, pieceTokens }: CountedPart) {
      const found = new Map<ItemSeed, { section: SectionName; start: number; tokens: number }>()
      pieces.forEach((piece, index) => {
        const amount = pieceTokens[index] ?? 0
        if (piece.seed) {
          const entry = found.get(piece.seed) ?? { section: piece.section, start: tokens, tokens: 0 }
          entry.tokens += amount
          if (piece.from <= piece.seed.from) entry.start = tokens
          found.set(piece.seed, entry)
        }
        own(piece.section, amount)
      })
      for (const [seed, { section, start, tokens: own }] of found) {
        const { items } = book[section]
        items.push({ ref: refAfter(letters[section], lastOf(section), named), ...seed, tokens: own, start, part: parts.length })
      }
      parts.push(part)
    },
    /**
     * Takes over the prompt of the epoch's last turn without its reply part, whose tokens are given. Its message becomes a
     * turn, unless the same message is answered again.
     */
    carry(manifest: Manifest, replyTokens: number, sameMessage: boolean) {
      const moves = (name: SectionName) => name === 'message' && !sameMessage
      parts.push(...manifest.prompt.slice(0, -1))
      for (const section of manifest.sections) {
        const name = moves(section.name) ? 'turns' : section.name
        const entry = book[name]
        entry.tokens += section.tokens - (section.name === 'message' ? replyTokens : 0)
        for (const item of section.items) {
          if (item.part === manifest.prompt.length - 1) continue
          const moved = moves(section.name) ? { ref: `T${entry.items.length + 1}`, why: 'sent earlier in this epoch' } : {}
          entry.items.push({ ...item, ...moved, carried: true })
        }
      }
      tokens = manifest.predicted.inputTokens - replyTokens
      for (const [name, runs] of carriedRuns(manifest, tokens, (name) => (moves(name) ? 'turns' : name)))
        book[name].runs.push(...runs)
    },
    /** Number of the last item of a section; 0 where it has none. */
    last: lastOf,
    items: () => sectionNames.flatMap((name) => book[name].items),
    itemsOf: (section: SectionName): readonly ManifestItem[] => book[section].items,
    tokensOf: (section: SectionName) => book[section].tokens,
    tokens: () => tokens,
    parts: (): readonly PromptPart[] => parts,
    sections: (budgets: Readonly<Record<SectionName, number>>): ManifestSection[] =>
      sectionNames.map((name) => ({
        name,
        tokens: book[name].tokens,
        budgetTokens: budgets[name],
        items: book[name].items,
        runs: book[name].runs,
      })),
  }
}

export type Ledger = ReturnType<typeof openLedger>

/** Where the sections of a carried prompt stand, cut off at `end`. */
function carriedRuns(manifest: Manifest, end: number, rename: (name: SectionName) => SectionName): Map<SectionName, Run[]> {
  const runs = manifest.sections
    .flatMap((section) => (section.runs ?? []).map((run) => ({ ...run, name: rename(section.name) })))
    .sort((a, b) => a.start - b.start)
  const merged = new Map<SectionName, Run[]>()
  for (const { name, start, tokens } of runs) {
    const kept = Math.min(tokens, end - start)
    if (kept <= 0) continue
    const list = merged.get(name) ?? []
    const last = list.at(-1)
    if (last && last.start + last.tokens === start) list[list.length - 1] = { start: last.start, tokens: last.tokens + kept }
    else list.push({ start, tokens: kept })
    merged.set(name, list)
  }
  return merged
}
