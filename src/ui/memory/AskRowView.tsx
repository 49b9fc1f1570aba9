import clsx from 'clsx'
import { ScoreBar, ScoreWords } from '#ui/inspector/ScoreBar.tsx'
import { SourceLink } from '#ui/inspector/SourceLink.tsx'
import { formatDay, formatPlural } from '#ui/kit/format.ts'
import type { AskRow } from './ask-rows.ts'

type Props = {
  readonly row: AskRow
  readonly rank: number
  readonly threshold: number
  readonly now: number
  /** The words of the line drawn above the first that scores too little. */
  readonly cutAbove: string | undefined
}

/** One candidate: its text, where it is from, and what its score is made of. */
export function AskRowView({ row, rank, threshold, now, cutAbove }: Props) {
  const { item, enters, note } = row
  return (
    <li>
      {cutAbove !== undefined && (
        <p className="my-1.5 flex items-center gap-2.5 text-xs text-accent before:h-0.5 before:w-7 before:bg-accent after:h-0.5 after:flex-1 after:bg-accent">
          {cutAbove}
        </p>
      )}
      <div className="grid grid-cols-[1.75rem_minmax(0,1fr)_minmax(15rem,17.5rem)] gap-x-3 border-line border-b py-2.5 phone:grid-cols-[1.5rem_minmax(0,1fr)]">
        <span className="num text-xs leading-5.5 text-ink-3">{rank}</span>
        <div className="min-w-0">
          <p className={clsx('line-clamp-3 break-words', !enters && 'text-ink-2')}>{item.text}</p>
          <p className="mt-0.5 flex flex-wrap gap-x-2 text-xs text-ink-3">
            {item.role && <span>{item.role === 'user' ? 'you' : 'reply'}</span>}
            <SourceLink source={item} />
            {item.at !== undefined && <span>{formatDay(item.at, now)}</span>}
            <span>{formatPlural(item.tokens, 'token')}</span>
            {enters ? <span className="text-good">goes in</span> : <span className="text-ink-2">{note}</span>}
          </p>
        </div>
        {item.score && (
          <div className="pt-0.5 text-sm phone:col-start-2 phone:pt-1.5">
            <ScoreBar score={item.score} threshold={threshold} />
            <ScoreWords score={item.score} threshold={threshold} />
          </div>
        )}
      </div>
    </li>
  )
}
