import type { ModelRow } from '#runtime/state.ts'
import { buildOf } from './build-of.ts'

/** One model in all its builds at the hub, which differ in how the weights are stored. */
export type ModelEntry = {
  readonly name: string
  /** Smallest weights first. */
  readonly variants: readonly ModelRow[]
  /** The one to look at first. */
  readonly shown: ModelRow
}
export type ModelFamily = { readonly name: string; readonly entries: readonly ModelEntry[] }

/** How well a build suits this device: what is here comes first, then what fits, then what runs at all. */
function rank(row: ModelRow): number {
  if (row.onDisk === 'yes') return 0
  if (row.onDisk === 'partly') return 1
  if (!row.engine) return 4
  return (row.plan?.safeTokens ?? 0) > 0 ? 2 : 3
}

const size = (row: ModelRow) => buildOf(row)?.weightBytes ?? 0

function entryOf(name: string, rows: readonly ModelRow[]): ModelEntry {
  const variants = rows.toSorted((a, b) => size(a) - size(b))
  const shown = variants.toSorted((a, b) => rank(a) - rank(b))[0]
  if (!shown) throw new Error('A model has no build.')
  return { name, variants, shown }
}

/** Rows by family and model, in the order of the list; the built-in model is first. */
export function groupModels(rows: readonly ModelRow[]): readonly ModelFamily[] {
  const ordered = rows.toSorted((a, b) => Number(b.model.source === 'built-in') - Number(a.model.source === 'built-in'))
  const families = new Map<string, Map<string, ModelRow[]>>()
  for (const row of ordered) {
    const { name, source } = row.model
    const family = source === 'built-in' ? 'Built-in' : (row.model.family ?? 'Other')
    const entries = families.get(family) ?? new Map<string, ModelRow[]>()
    entries.set(name, [...(entries.get(name) ?? []), row])
    families.set(family, entries)
  }
  return [...families].map(([name, entries]) => ({
    name,
    entries: [...entries].map(([model, variants]) => entryOf(model, variants)),
  }))
}
