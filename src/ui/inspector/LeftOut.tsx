import { useState } from 'react'
import { describeDrop } from '#context/describe-drop.ts'
import type { DroppedItem, Manifest } from '#context/manifest.ts'
import type { PlanTarget } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatDay, formatPlural } from '#ui/kit/format.ts'
import { nearness, orderDropped } from './order-dropped.ts'
import { RemedyList } from './RemedyList.tsx'
import { SourceLink } from './SourceLink.tsx'

const shownAtFirst = 12

/** What was a candidate and stayed out, nearest first, with the reason and what was missing. */
export function LeftOut({ manifest, target }: { readonly manifest: Manifest; readonly target: PlanTarget }) {
  const [all, setAll] = useState(false)
  const ordered = orderDropped(manifest.dropped)
  const shown = all ? ordered : ordered.slice(0, shownAtFirst)
  const out = ordered.reduce((sum, item) => sum + (item.range?.messages ?? 1), 0)
  const kept = manifest.sections.reduce((sum, section) => sum + section.items.length, 0)
  return (
    <section aria-labelledby="left-out">
      <h3 id="left-out" className="mt-4.5 flex items-baseline gap-2 text-sm font-semibold">
        Left out
        <span className="text-xs font-normal text-ink-3">
          {ordered.length === 0 ? 'nothing' : `${formatCount(out)} of ${formatCount(out + kept)} candidates`}
        </span>
      </h3>
      {ordered.length === 0 && (
        <p className="mt-1 text-sm text-ink-2">
          {manifest.mode === 'everything-fits'
            ? 'Everything fits the window, so everything was sent.'
            : 'Every candidate was sent.'}
        </p>
      )}
      {target.type === 'again' && ordered.some(canBeAsked) && (
        <p className="mt-1 text-xs text-ink-3">
          What would bring something in is tried on this reply made again now: what was found for it then is not kept.
        </p>
      )}
      <ul>
        {shown.map((item) => (
          <LeftOutRow key={`${item.section} ${item.key}`} item={item} now={manifest.createdAt} target={target} />
        ))}
      </ul>
      {!all && ordered.length > shownAtFirst && (
        <Button kind="text" className="-ml-1.5" onClick={() => setAll(true)}>
          Show the other {formatPlural(ordered.length - shownAtFirst, 'candidate')}
        </Button>
      )}
    </section>
  )
}

/** Whether something could bring it in: it is one item, and is not sent otherwise. */
function canBeAsked({ range, reason }: DroppedItem): boolean {
  return !range && reason.type !== 'in-window' && reason.type !== 'empty'
}

type RowProps = { readonly item: DroppedItem; readonly now: number; readonly target: PlanTarget }

function LeftOutRow({ item, now, target }: RowProps) {
  const near = nearness(item.reason)
  return (
    <li className="border-line py-1.5 text-sm text-ink-2 not-first:border-t">
      <p className="line-clamp-2 break-words">{item.text}</p>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-2.5 text-xs text-ink-3">
        {near !== undefined && (
          <span aria-hidden="true" className="relative h-1.5 w-18 flex-none rounded-[1px] bg-line forced-colors:border">
            <span className="absolute inset-y-0 left-0 bg-edge" style={{ width: `${near * 100}%` }} />
            <span className="absolute -inset-y-0.5 right-0 w-[1.5px] bg-accent" />
          </span>
        )}
        <span className="text-ink-2">{describeDrop(item.reason, item.section, (at) => formatDay(at, now))}</span>
      </p>
      <p className="flex flex-wrap items-center gap-x-2.5 text-xs text-ink-3 empty:hidden">
        {item.range && <span>{formatPlural(item.range.messages, 'message')}</span>}
        <SourceLink source={item} />
        {item.at !== undefined && <span>{formatDay(item.at, now)}</span>}
      </p>
      {canBeAsked(item) && (
        <RemedyList key={`${target.type} ${now}`} itemKey={item.key} name={item.text.slice(0, 60)} target={target} />
      )}
    </li>
  )
}
