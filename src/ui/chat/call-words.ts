import type { Strategy } from '#strategies/strategy.ts'
import { formatPlural } from '#ui/kit/format.ts'

/** What a way to remember costs in calls of the model, in words. */
export function callWords({ beforeReply, perEpoch }: Strategy['calls']): string {
  if (beforeReply + perEpoch === 0) return 'No calls of the model.'
  const before =
    beforeReply === 0 ? 'No wait before a reply' : `Up to ${formatPlural(beforeReply, 'call')} of the model before a reply`
  return `${before}; ${perEpoch === 0 ? 'no calls' : `up to ${formatPlural(perEpoch, 'call')}`} of the model when the window is full.`
}

/** Which models a method is for; undefined where it needs none. */
export function needWords({ smallestModel }: Strategy['needs']): string | undefined {
  return smallestModel === 0
    ? undefined
    : `For models of ${smallestModel / 1e9} billion parameters and more; with smaller ones rules do its work.`
}

/** What of some methods does not go together: which of them is followed. */
export function clashWords(chosen: readonly Strategy[]): readonly string[] {
  const ranking = chosen.filter(({ seek }) => Object.keys(seek).length > 0)
  const forgetful = chosen.find(({ recalls }) => !recalls)
  return [
    ...(ranking.length > 1 ? [`What was found is ranked by one method only: “${ranking.at(-1)?.name}”.`] : []),
    ...(forgetful && chosen.length > 1 ? [`With “${forgetful.name}” nothing is recalled, whatever else is chosen.`] : []),
  ]
}
