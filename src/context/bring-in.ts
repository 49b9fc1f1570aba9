import type { BudgetName, WishChange } from '#chat/prompt-wishes.ts'
import type { Score } from '#memory/candidate.ts'
import type { AssembleInput, CountTokens } from './assemble-input.ts'
import { assembleWith, type PlanChange } from './assemble-with.ts'
import type { DroppedItem, Manifest, SectionName } from './manifest.ts'
import { InstructionsTooLongError, MessageTooLongError } from './too-long-error.ts'

/** The changes, mostly one, that bring something into the prompt together, and the prompt that then comes of them. */
export type Remedy = {
  readonly changes: readonly PlanChange[]
  readonly manifest: Manifest
  /** Where room is given: how many tokens more than there were. */
  readonly addedTokens?: number
}

/** Attempts at a budget: each asks for what the one before says was missing. */
const mostTries = 12

/**
 * What would bring a left-out item into this prompt: for each kind of change that can, the smallest one that was tried and
 * did. Every remedy was checked by laying the prompt with it; what does not enter is not named. Empty where nothing helps or
 * nothing is missing. Our own, from no paper.
 */
export function bringIn(input: AssembleInput, manifest: Manifest, item: DroppedItem, count: CountTokens): readonly Remedy[] {
  if (item.range) return []
  const attempt = (...changes: readonly PlanChange[]): Remedy | undefined => {
    const made = lay(input, changes, count)
    return made && holds(made, item.key) ? { changes, manifest: made } : undefined
  }
  const pin = () => attemptPin(input, item.key, attempt, count)
  const { reason } = item
  switch (reason.type) {
    case 'no-room':
    case 'by-size':
      return found(attemptBudget(input, manifest, item, count), pin())
    case 'below-threshold':
      return found(item.score && attemptWeights(item.score, reason.threshold, attempt), pin())
    case 'next-epoch':
      return found(pin(), attempt({ type: 'new-epoch' }))
    case 'hidden':
      return found(attempt({ type: 'show', key: item.key }), pin())
    case 'superseded':
    case 'folded':
      return found(pin())
    case 'in-window':
    case 'memory-off':
    case 'empty':
      return []
  }
}

/** Whether an item stands in a prompt, in its place or as recalled words. */
export function holds(manifest: Manifest, key: string): boolean {
  return manifest.sections.some(({ items }) => items.some((item) => item.key === key))
}

function found(...remedies: readonly (Remedy | undefined)[]): readonly Remedy[] {
  return remedies.filter((remedy) => remedy !== undefined)
}

/** The prompt with a change; undefined where what must be sent is then too long. */
function lay(input: AssembleInput, changes: readonly PlanChange[], count: CountTokens): Manifest | undefined {
  try {
    return assembleWith(input, changes, count)
  } catch (error) {
    if (error instanceof MessageTooLongError || error instanceof InstructionsTooLongError) return undefined
    throw error
  }
}

const budgetOf: Readonly<Partial<Record<SectionName, BudgetName>>> = {
  you: 'you',
  summary: 'summary',
  turns: 'turns',
  recalled: 'recalled',
}

/** The smallest room of its section that was found to hold the item. */
function attemptBudget(input: AssembleInput, manifest: Manifest, item: DroppedItem, count: CountTokens): Remedy | undefined {
  const section = budgetOf[item.section]
  if (!section) return undefined
  const change = (tokens: number): WishChange => ({ type: 'budget', section, tokens })
  const attempt = (tokens: number) => lay(input, [change(tokens)], count)
  const present = roomOf(input, manifest, section)
  let tooLittle = present
  let tokens = tooLittle + missing(manifest, item.key)
  let best: Remedy | undefined
  for (let tries = 0; tries < mostTries && tokens <= input.windowTokens; tries++) {
    const made = attempt(tokens)
    if (!made) return undefined
    if (holds(made, item.key)) {
      best = { changes: [change(tokens)], manifest: made, addedTokens: tokens - present }
      break
    }
    tooLittle = tokens
    tokens += Math.max(1, missing(made, item.key))
  }
  // What was missing is told for the item alone; where others moved, less may do.
  while (best && tokens - tooLittle > 1 && tokens - tooLittle > tokens / 64) {
    const middle = Math.floor((tooLittle + tokens) / 2)
    const made = attempt(middle)
    if (made && holds(made, item.key)) {
      best = { changes: [change(middle)], manifest: made, addedTokens: middle - present }
      tokens = middle
    } else tooLittle = middle
  }
  return best
}

/** A pin; where the last rounds leave no room for it, with as much less room for turns as it takes. */
function attemptPin(
  input: AssembleInput,
  key: string,
  attempt: (...changes: readonly PlanChange[]) => Remedy | undefined,
  count: CountTokens,
): Remedy | undefined {
  const pin = { type: 'pin', key } as const
  const alone = attempt(pin)
  if (alone) return alone
  const made = lay(input, [pin], count)
  const turns = made?.sections.find(({ name }) => name === 'turns')?.tokens ?? 0
  if (!made || turns === 0) return undefined
  for (const tokens of [turns - missing(made, key), Math.floor(turns / 2), 0]) {
    const remedy = tokens >= 0 ? attempt(pin, { type: 'budget', section: 'turns', tokens }) : undefined
    if (remedy) return remedy
  }
  return undefined
}

/** Tokens that an item lacked; 1 where it is out for another reason by then. */
function missing(manifest: Manifest, key: string): number {
  const reason = manifest.dropped.find((dropped) => dropped.key === key && dropped.reason.type === 'no-room')?.reason
  return reason?.type === 'no-room' ? reason.neededTokens - reason.availableTokens : 1
}

/** The room that a section has now. What stands from earlier turns of the epoch takes none of what is recalled anew. */
function roomOf({ previous }: AssembleInput, manifest: Manifest, section: BudgetName): number {
  const tokensOf = (from: Manifest | undefined, what: 'tokens' | 'budgetTokens') =>
    from?.sections.find(({ name }) => name === section)?.[what] ?? 0
  if (section === 'turns') return tokensOf(manifest, 'tokens')
  const carried = section === 'recalled' && manifest.epoch.turn > 1 ? tokensOf(previous?.manifest, 'tokens') : 0
  return Math.max(0, tokensOf(manifest, 'budgetTokens') - carried)
}

/** The part of the score whose weight must change least, of those that do it. */
function attemptWeights(
  score: Score,
  threshold: number,
  attempt: (change: PlanChange) => Remedy | undefined,
): Remedy | undefined {
  const changes = score.parts
    .filter(({ value }) => value > 0)
    .map(({ name, value, weight }) => ({ name, weight, wanted: roundUp(weight + (threshold - score.total) / value) }))
    .sort((a, b) => a.wanted / Math.max(a.weight, 0.01) - b.wanted / Math.max(b.weight, 0.01))
  for (const { name, wanted } of changes) {
    const remedy = attempt({ type: 'weight', part: name, weight: wanted })
    if (remedy) return remedy
  }
  return undefined
}

/** To two digits, never less. */
function roundUp(weight: number): number {
  return Math.ceil(weight * 100) / 100
}
