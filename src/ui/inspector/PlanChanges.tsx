import { useMemo } from 'react'
import type { PlanChange } from '#context/assemble-with.ts'
import { comparePrompts, type ItemChange } from '#context/compare-prompts.ts'
import { tokensToRead } from '#context/forecast.ts'
import type { Manifest } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { timeWords, useReadingSpeed } from '#ui/kit/use-reading-speed.ts'
import { ItemChangeList } from './ItemChangeList.tsx'
import { changesWords } from './plan-words.ts'

type Props = {
  /** The plan without the changes. */
  readonly before: Manifest
  readonly after: Manifest
  readonly changes: readonly PlanChange[]
  readonly again: boolean
  readonly onApply: () => void
  readonly onDiscard: () => void
}

/** What changes would do to a plan, before anything of it is done: what enters, what leaves, what it costs. */
export function PlanChanges({ before, after, changes, again, onApply, onDiscard }: Props) {
  const speed = useReadingSpeed(after.model)
  const moved = useMemo(
    () => comparePrompts(before, after).filter(({ type }) => type !== 'kept' && type !== 'moved'),
    [before, after],
  )
  const fewer = before.predicted.inputTokens - after.predicted.inputTokens
  const ofType = (type: ItemChange['type']) => moved.filter((change) => change.type === type).length
  const read = tokensToRead(after)
  const closes = after.epoch.turn === 1 && before.epoch.turn > 1
  return (
    <section
      aria-label="Changes of the plan"
      className="flex max-h-1/2 flex-none flex-col border-line border-t bg-wash px-5 pt-3 pb-3.5 phone:px-4 phone:pb-[max(10px,env(safe-area-inset-bottom))]"
    >
      <p className="text-sm font-semibold">{changesWords(changes)}</p>
      <p role="status" className="mt-1 text-xs text-ink-2">
        {ofType('entered') + ofType('left') === 0
          ? 'Nothing enters and nothing leaves.'
          : `${formatPlural(ofType('entered'), 'item')} would enter, ${formatCount(ofType('left'))} would leave.`}{' '}
        {ofType('rewritten') > 0 &&
          `${formatPlural(ofType('rewritten'), 'item')} in other words, ${formatPlural(Math.abs(fewer), 'token')} ${fewer < 0 ? 'more' : 'fewer'} in the prompt. `}
        {closes
          ? `The epoch ends: ${formatCount(read)} tokens are read anew, once, ${timeWords(speed, read)}.`
          : `${formatCount(read)} tokens are read, ${timeWords(speed, read)}.`}
      </p>
      <div className="thin-scroll -mx-1 mt-1 min-h-0 flex-1 overflow-auto px-1">
        <ItemChangeList changes={moved} />
      </div>
      <div className="mt-2.5 flex flex-none flex-wrap gap-2">
        <Button kind="primary" onClick={onApply}>
          {again ? 'Make the reply again' : 'Use for this chat'}
        </Button>
        <Button onClick={onDiscard}>Discard</Button>
      </div>
    </section>
  )
}
