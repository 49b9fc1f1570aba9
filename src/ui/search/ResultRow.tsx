import clsx from 'clsx'
import { MessageSquare } from 'lucide-react'
import { formatDay } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import type { SearchResult } from './search-results.ts'

type Props = {
  readonly id: string
  readonly at: number
  readonly result: SearchResult
  readonly chosen: boolean
  readonly onPoint: () => void
  readonly onChoose: () => void
}

/** One thing that was found. Keys stay in the search field; the pointer chooses and opens. */
export function ResultRow({ id, at, result, chosen, onPoint, onChoose }: Props) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
    <div
      id={id}
      data-at={at}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onPointerMove={onPoint}
      onClick={onChoose}
      className={clsx('cursor-pointer rounded-md px-2.5 py-2', chosen && 'bg-wash')}
    >
      {result.type === 'conversation' ? (
        <span className="flex items-center gap-2">
          <Icon of={MessageSquare} className="text-ink-3" />
          <span className="truncate font-semibold">{result.conversation.title}</span>
          <Day at={result.conversation.updatedAt} />
        </span>
      ) : (
        <>
          <span className="flex items-baseline gap-2 text-xs text-ink-2">
            <span className="truncate">
              {result.hit.role === 'user' ? 'You' : 'Assistant'}, {result.hit.conversationTitle}
            </span>
            <Day at={result.hit.at} />
          </span>
          <span className="mt-0.5 line-clamp-2 text-sm">
            {result.hit.excerpt.slice(0, result.hit.from)}
            <mark className="bg-transparent font-semibold text-accent underline decoration-1 underline-offset-3">
              {result.hit.excerpt.slice(result.hit.from, result.hit.to)}
            </mark>
            {result.hit.excerpt.slice(result.hit.to)}
          </span>
        </>
      )}
    </div>
  )
}

function Day({ at }: { readonly at: number }) {
  return <span className="ml-auto flex-none text-xs whitespace-nowrap text-ink-2">{formatDay(at, Date.now())}</span>
}
