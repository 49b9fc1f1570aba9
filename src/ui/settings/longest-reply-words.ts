import type { Model } from '#ports/model.ts'
import { ownLongestReply } from '#runtime/sampling.ts'
import type { Settings } from '#runtime/settings.ts'
import { formatCount } from '#ui/kit/format.ts'

/**
 * Which models the longest reply for all does not hold for, with their own; nothing where it holds for each. Models are named
 * as far as they are at hand, the others counted.
 */
export function ownLengthsLine(
  { sampling }: Pick<Settings, 'sampling'>,
  models: readonly Pick<Model, 'id' | 'name'>[],
): string | undefined {
  const own = Object.entries(sampling).flatMap(([id, choice]) => {
    const tokens = ownLongestReply(choice)
    return tokens === undefined ? [] : [{ name: models.find((model) => model.id === id)?.name, tokens: formatCount(tokens) }]
  })
  if (own.length === 0) return undefined
  const named = own.flatMap(({ name, tokens }) => (name === undefined ? [] : [`${name} (${tokens})`]))
  const others = own.length - named.length
  const counted = others === 0 ? [] : [`${others} ${others === 1 ? 'model' : 'models'} not in use now`]
  return `With their own: ${[...named, ...counted].join(', ')}.`
}

/** What a model's own longest reply is there for, or that its window allows less than `tokens`. */
export function ownLengthHint(tokens: number, windowTokens: number | undefined): string {
  const most = windowTokens === undefined ? Number.POSITIVE_INFINITY : Math.floor(windowTokens / 2)
  return tokens > most
    ? `Half of the window is the most: ${formatCount(most)}.`
    : 'In tokens, for this model instead of the one above.'
}
