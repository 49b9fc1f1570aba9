/** Sections of a prompt whose most tokens the user can set. */
export const budgetNames = ['you', 'summary', 'turns', 'recalled'] as const
export type BudgetName = (typeof budgetNames)[number]

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
}

export const noWishes: PromptWishes = { hidden: [], pinned: [], budgets: {}, weights: {} }

/** One change of a plan. Hiding takes a pin away, and pinning shows what was hidden. */
export type WishChange =
  | { readonly type: 'hide' | 'show' | 'pin' | 'unpin'; readonly key: string }
  /** `tokens` absent: its share of the window again. */
  | { readonly type: 'budget'; readonly section: BudgetName; readonly tokens?: number }
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
  const { key, type } = change
  const without = (list: readonly string[]) => list.filter((one) => one !== key)
  const hidden = without(wishes.hidden)
  const pinned = without(wishes.pinned)
  if (type === 'hide') return { ...wishes, hidden: [...hidden, key], pinned }
  if (type === 'pin') return { ...wishes, hidden, pinned: [...pinned, key] }
  return type === 'show' ? { ...wishes, hidden } : { ...wishes, pinned }
}

export function hasWishes({ hidden, pinned, budgets, weights }: PromptWishes): boolean {
  return hidden.length + pinned.length + Object.keys(budgets).length + Object.keys(weights).length > 0
}
