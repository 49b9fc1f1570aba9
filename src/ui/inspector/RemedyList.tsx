import { useState } from 'react'
import type { Remedy } from '#context/bring-in.ts'
import { comparePrompts } from '#context/compare-prompts.ts'
import { tokensToRead } from '#context/forecast.ts'
import type { Manifest } from '#context/manifest.ts'
import type { PlanTarget, Remedies } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { timeWords, useReadingSpeed } from '#ui/kit/use-reading-speed.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { openPlan } from '#ui/shell/shell-state.ts'
import { changesWords } from './plan-words.ts'

type Props = { readonly itemKey: string; readonly name: string; readonly target: PlanTarget }

/** Asks what would bring a left-out item in, and offers each change as a plan to look at. */
export function RemedyList({ itemKey, name, target }: Props) {
  const { whatBringsIn } = useActions()
  const [found, setFound] = useState<Remedies | 'looking' | 'no-model'>()
  if (found === undefined)
    return (
      <Button
        kind="text"
        className="-ml-1.5"
        aria-label={`What would bring it in? ${name}`}
        onClick={() => {
          setFound('looking')
          void whatBringsIn(target, itemKey).then((told) => setFound(told ?? 'no-model'))
        }}
      >
        What would bring it in?
      </Button>
    )
  return (
    <div role="status" className="mt-1 text-xs text-ink-2">
      <Found found={found} target={target} />
    </div>
  )
}

function Found({ found, target }: { readonly found: Remedies | 'looking' | 'no-model'; readonly target: PlanTarget }) {
  if (found === 'looking') return 'Trying changes…'
  if (found === 'no-model') return 'A model must be loaded to try it.'
  if (found.type === 'failed') return `${found.problem.title} ${found.problem.advice}`
  const when = target.type === 'next' ? 'the next prompt' : 'this reply, made again now'
  if (found.type !== 'remedies')
    return found.type === 'holds'
      ? `It would be in ${when} as things are.`
      : `It is no candidate for ${when}: nothing finds it now.`
  if (found.remedies.length === 0)
    return found.item.reason.type === 'in-window' ? 'It is in the window already.' : 'No single change brings it in.'
  return (
    <ul>
      {found.remedies.map((remedy) => (
        <RemedyRow key={JSON.stringify(remedy.changes)} remedy={remedy} before={found.manifest} target={target} />
      ))}
    </ul>
  )
}

type RowProps = { readonly remedy: Remedy; readonly before: Manifest; readonly target: PlanTarget }

function RemedyRow({ remedy: { changes, manifest, addedTokens }, before, target }: RowProps) {
  const speed = useReadingSpeed(manifest.model)
  const left = comparePrompts(before, manifest).filter(({ type }) => type === 'left').length
  const read = tokensToRead(manifest)
  const words = changesWords(changes, addedTokens)
  return (
    <li className="flex items-center gap-2 py-1">
      <span className="min-w-0 flex-1">
        <span className="block text-sm text-ink">{words}</span>
        <span className="text-ink-3">
          reads {formatCount(read)} tokens, {timeWords(speed, read)}
          {left > 0 && ` · ${formatPlural(left, 'item')} would leave`}
        </span>
      </span>
      <Button kind="outline" aria-label={`See the plan: ${words}`} onClick={() => openPlan(target, changes)}>
        See the plan
      </Button>
    </li>
  )
}
