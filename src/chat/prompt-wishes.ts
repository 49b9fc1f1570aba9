import type { TextRange } from '#shared/text-sentences.ts'

/** Sections of a prompt whose most tokens the user can set. */
export const budgetNames = ['you', 'summary', 'turns', 'recalled'] as const
export type BudgetName = (typeof budgetNames)[number]

/** What told how much the words of a text say: the loaded model, or statistics of words, which are an estimate. */
export type ScoredBy = { readonly type: 'model'; readonly modelId: string; readonly name: string } | { readonly type: 'words' }

/** The most of a text that can be asked to go: with more, only its names would be left. */
export const mostShortened = 0.8

/** Phrases of a text that are left out of prompts. They were chosen once, so that what is sent never changes by itself. */
export type Shortening = {
  /** The share of its tokens that was asked to go, 0…`mostShortened`. */
  readonly ratio: number
  /** Places of the phrases, in order and disjoint (UTF-16 offsets). */
  readonly cuts: readonly TextRange[]
  /** `textHash` of the text that they are places of. Other words go whole. */
  readonly textHash: string
  readonly by: ScoredBy
}

/** What the user wants of the prompts of one conversation. Nothing is deleted by it, and all of it can be taken back. */
export type PromptWishes = {
  /** Keys of messages and memories that stay out. */
  readonly hidden: readonly string[]
  /** Keys of messages and memories that enter before others, whatever their score. */
  readonly pinned: readonly string[]
  /** The most tokens of a section; absent: its share of the window. */
  readonly budgets: Readonly<Partial<Record<BudgetName, number>>>
  /** Weights of parts of the score, by the part's name, in place of those that the score was made with. */
  readonly weights: Readonly<Record<string, number>>
  /** Messages and memories that are sent without some of their phrases, by key; absent: none. */
  readonly shortened?: Readonly<Record<string, Shortening>>
}

export const noWishes: PromptWishes = { hidden: [], pinned: [], budgets: {}, weights: {} }

/** One change of a plan. Hiding takes a pin away, and pinning shows what was hidden. */
export type WishChange =
  | { readonly type: 'hide' | 'show' | 'pin' | 'unpin'; readonly key: string }
  /** `tokens` absent: its share of the window again. */
  | { readonly type: 'budget'; readonly section: BudgetName; readonly tokens?: number }
  /** `shortening` absent: it is sent whole again. */
  | { readonly type: 'shorten'; readonly key: string; readonly shortening?: Shortening }
  | { readonly type: 'weight'; readonly part: string; readonly weight: number }

export function changeWishes(wishes: PromptWishes, changes: readonly WishChange[]): PromptWishes {
  return changes.reduce(changeOne, wishes)
}

function changeOne(wishes: PromptWishes, change: WishChange): PromptWishes {
  if (change.type === 'budget') {
    const { [change.section]: _before, ...others } = wishes.budgets
    return { ...wishes, budgets: change.tokens === undefined ? others : { ...others, [change.section]: change.tokens } }
  }
  if (change.type === 'weight') return { ...wishes, weights: { ...wishes.weights, [change.part]: change.weight } }
  if (change.type === 'shorten') return shorten(wishes, change.key, change.shortening)
  const { key, type } = change
  const without = (list: readonly string[]) => list.filter((one) => one !== key)
  const hidden = without(wishes.hidden)
  const pinned = without(wishes.pinned)
  if (type === 'hide') return { ...wishes, hidden: [...hidden, key], pinned }
  if (type === 'pin') return { ...wishes, hidden, pinned: [...pinned, key] }
  return type === 'show' ? { ...wishes, hidden } : { ...wishes, pinned }
}

function shorten({ shortened = {}, ...wishes }: PromptWishes, key: string, shortening: Shortening | undefined): PromptWishes {
  const { [key]: _before, ...others } = shortened
  const next = shortening ? { ...others, [key]: shortening } : others
  return Object.keys(next).length > 0 ? { ...wishes, shortened: next } : wishes
}

export function hasWishes({ hidden, pinned, budgets, weights, shortened = {} }: PromptWishes): boolean {
  return hidden.length + pinned.length + [budgets, weights, shortened].flatMap(Object.keys).length > 0
}
