import clsx from 'clsx'
import { useEffect, useId, useRef, useState } from 'react'
import type { ManifestItem, SectionName } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatDay, formatPlural } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'
import type { Reuse } from './item-reuse.ts'
import { ScoreBar, ScoreWords } from './ScoreBar.tsx'
import { SourceLink } from './SourceLink.tsx'
import { ShortenItem } from './shorten/ShortenItem.tsx'
import { StruckText } from './shorten/StruckText.tsx'
import { leftOutWords, shortenedWords } from './shorten/shortened-words.ts'
import { WishButtons } from './WishButtons.tsx'

type Props = {
  readonly item: ManifestItem
  readonly section: SectionName
  readonly reuse: Reuse
  /** What of it had rolled out of a rolling window, in words. */
  readonly rolled: string | undefined
  readonly threshold: number
  /** When the prompt was made, to write dates of other years in full. */
  readonly now: number
  /** It was asked for by its ref: it is opened and brought into view. */
  readonly wanted: boolean
}

const speakers = { user: 'you', assistant: 'reply' }

/** One item of the prompt: a line of its text; opened, all of it with its score and the rule that put it there. */
export function ItemRow({ item, section, reuse, rolled, threshold, now, wanted }: Props) {
  const [open, setOpen] = useState(wanted)
  const [shortening, setShortening] = useState(false)
  const row = useRef<HTMLLIElement>(null)
  const id = useId()
  // What was pinned without being found has no score to show.
  const scored = item.score && item.score.parts.length > 0 ? item.score : undefined
  useEffect(() => {
    if (!wanted) return
    setOpen(true)
    row.current?.scrollIntoView({ block: 'nearest' })
  }, [wanted])
  return (
    <li
      ref={row}
      className={clsx(
        'py-1.5 not-first:border-line not-first:border-t',
        open && '-mx-2 rounded-md border-transparent bg-wash px-2',
      )}
    >
      <button
        type="button"
        data-row
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex touch:min-h-11 w-full cursor-pointer gap-2 text-left text-sm"
      >
        <span
          className="section-text w-5 flex-none pt-0.5 font-mono text-2xs font-semibold"
          style={{ '--section': sectionLook[section].color }}
        >
          {item.ref}
        </span>
        <span className={clsx('min-w-0 flex-1 break-words whitespace-pre-wrap', !open && 'line-clamp-2')}>
          {open && item.shortened && !shortening ? (
            <StruckText text={item.shortened.whole} cuts={item.shortened.cuts} />
          ) : (
            item.text
          )}
        </span>
        <span className="num flex-none pt-px text-xs text-ink-2">
          {formatCount(item.tokens)}
          <span className="sr-only"> tokens</span>
        </span>
      </button>
      <div id={id} className="mt-0.5 pl-7 text-xs text-ink-3">
        <div className="flex flex-wrap items-center gap-x-2.5">
          {item.role && <span>{speakers[item.role]}</span>}
          <SourceLink source={item} />
          {item.at !== undefined && <span>{formatDay(item.at, now)}</span>}
          {item.carried && <span title="Sent with an earlier turn and still standing in the window">carried</span>}
          {rolled && <span className="text-warn">{rolled}</span>}
          {item.shortened && !open && <span>{leftOutWords(item.shortened)}</span>}
          {open && <span>{reuse === 'partly' ? 'reused in part' : reuse}</span>}
          {scored && !open && <ScoreBar score={scored} threshold={threshold} className="ml-auto" />}
        </div>
        {open && (
          <>
            {scored && (
              <div className="mt-1.5">
                <ScoreBar score={scored} threshold={threshold} />
                <ScoreWords score={scored} threshold={threshold} />
              </div>
            )}
            <p className="mt-1 text-ink-2">In the prompt because: {item.why}.</p>
            <p>
              {item.tokens > 0 && (
                <>
                  Tokens <span className="num">{formatCount(item.start + 1)}</span>–
                  <span className="num">{formatCount(item.start + item.tokens)}</span> of the prompt,{' '}
                </>
              )}
              part <span className="num">{item.part + 1}</span> as sent.
            </p>
            {item.shortened && <p className="text-ink-2">Its words are {shortenedWords(item.shortened)}.</p>}
            {item.neutralised !== undefined && (
              <p className="text-warn">
                {formatPlural(item.neutralised, 'control token')} in it {item.neutralised === 1 ? 'was' : 'were'} broken up, so
                that it cannot pose as a turn.
              </p>
            )}
            {item.kind !== 'instructions' && section !== 'message' && (
              <WishButtons itemKey={item.key}>
                {item.neutralised === undefined && item.text !== '' && (
                  <Button kind="text" aria-expanded={shortening} onClick={() => setShortening(!shortening)}>
                    Shorten…
                  </Button>
                )}
              </WishButtons>
            )}
            {shortening && <ShortenItem item={item} />}
            {item.carried && <p>Sent with an earlier turn, still standing in the window.</p>}
          </>
        )}
      </div>
    </li>
  )
}
