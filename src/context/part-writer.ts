import type { ManifestItem, SectionName } from './manifest.ts'
import { neutralise } from './neutralise.ts'
import type { ChatTemplate, PromptPart } from './template.ts'

/** An item before its tokens are counted. `from` and `to` hold its words; its tokens are those of its pieces. */
export type ItemSeed = Omit<ManifestItem, 'ref' | 'tokens' | 'start' | 'part' | 'carried'>

/** A stretch of a part that belongs to one section, and to one item of it or to none (headings, fences). */
export type Piece = { readonly section: SectionName; readonly from: number; readonly to: number; readonly seed?: ItemSeed }

/** A part of the prompt, cut without gaps into pieces. */
export type PartPlan = { readonly part: PromptPart; readonly pieces: readonly Piece[] }

/** What an item is, without what its place in the part decides. */
export type ItemFacts = Omit<ItemSeed, 'text' | 'from' | 'to' | 'neutralised'>

/** Writes one part piece by piece. Marks go in as they are; words are neutralised against all that stands before them. */
export function writePart(template: Pick<ChatTemplate, 'controlTokens'>) {
  let text = ''
  let pieceFrom = 0
  const pieces: Piece[] = []
  return {
    /** Template marks and our own frame. */
    mark(mark: string) {
      text += mark
    },
    /** Words of a user, a model or a memory; `fence` lists further texts that they must not forge. Gives the item. */
    words(words: string, facts: ItemFacts, fence: readonly string[] = []): ItemSeed {
      const clean = neutralise(words, { controlTokens: [...template.controlTokens, ...fence] }, text)
      const from = text.length
      text += clean.text
      return { ...facts, text: clean.text, from, to: text.length, ...(clean.broken > 0 ? { neutralised: clean.broken } : {}) }
    },
    /** Words that belong to no item of their own, such as a title beside an item. */
    aside(words: string, fence: readonly string[] = []) {
      text += neutralise(words, { controlTokens: [...template.controlTokens, ...fence] }, text).text
    },
    /** Ends the piece that began where the last one ended. */
    piece(section: SectionName, seed?: ItemSeed) {
      pieces.push({ section, from: pieceFrom, to: text.length, ...(seed ? { seed } : {}) })
      pieceFrom = text.length
    },
    /** Gives the first piece to an item whose words stand further on. */
    claimFirst(seed: ItemSeed) {
      const first = pieces[0]
      if (first) pieces[0] = { ...first, seed }
    },
    finish(role: PromptPart['role']): PartPlan {
      return { part: { role, text }, pieces }
    },
  }
}
