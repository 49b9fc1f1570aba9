import type { ModelRow } from '#runtime/state.ts'
import { readsLong } from './good-for.ts'
import type { ModelEntry, ModelFamily } from './group-models.ts'

export type ModelFilter = {
  /** Words that have to stand in the name, the family, the licence, the languages or the note. */
  readonly words: string
  readonly show: 'fits' | 'all' | 'here'
  readonly use: 'any' | 'memory' | 'long'
}

export const noFilter: ModelFilter = { words: '', show: 'all', use: 'any' }
/** What the page begins with. */
export const firstFilter: ModelFilter = { ...noFilter, show: 'fits' }

/** Whether a model runs here with a window of any use. What is on disk is always shown, so that it can be deleted. */
function fitsHere(row: ModelRow): boolean {
  return row.engine !== undefined && (row.plan === undefined || row.plan.safeTokens > 0)
}

const isHere = (row: ModelRow) => row.onDisk === 'yes' || row.onDisk === 'partly'

function passes(entry: ModelEntry, { words, show, use }: ModelFilter): boolean {
  const { model } = entry.shown
  const text = [model.name, model.family, model.licence.name, model.languages, model.note].join(' ').toLowerCase()
  if (
    !words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word))
  )
    return false
  if (show === 'fits' && !entry.variants.some((row) => fitsHere(row) || isHere(row))) return false
  if (show === 'here' && !entry.variants.some(isHere)) return false
  if (use === 'memory') return model.writesMemory
  return use === 'any' || readsLong(model)
}

/** The families that have a model which passes. */
export function filterModels(families: readonly ModelFamily[], filter: ModelFilter): readonly ModelFamily[] {
  return families
    .map(({ name, entries }) => ({ name, entries: entries.filter((entry) => passes(entry, filter)) }))
    .filter(({ entries }) => entries.length > 0)
}
