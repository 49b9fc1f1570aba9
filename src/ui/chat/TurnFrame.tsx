import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { MessageId } from '#shared/ids.ts'

type Props = {
  readonly id: MessageId
  /** Who speaks: "You", "Assistant", or the name of a person. */
  readonly who: string
  readonly mine: boolean
  readonly turn: number | undefined
  readonly status: 'saving' | 'streaming' | 'complete' | 'interrupted' | 'stopped' | 'error'
  /** One message of the transcript is a tab stop; arrows walk from there. */
  readonly tabStop: boolean
  readonly highlighted: boolean
  readonly children: ReactNode
}

/** One message. Its name begins with who speaks; its state can be read from `data-status`. */
export function TurnFrame({ id, who, mine, turn, status, tabStop, highlighted, children }: Props) {
  return (
    <article
      aria-label={turn === undefined ? who : `${who}, turn ${turn}`}
      aria-busy={status === 'streaming' || status === 'saving' || undefined}
      data-message-id={id}
      data-status={status}
      tabIndex={tabStop ? 0 : -1}
      className={clsx(
        'group/turn relative scroll-my-6 rounded-lg transition-colors outline-offset-4',
        mine ? '-mx-4 mb-5 bg-sunk px-4 py-2.5 phone:mx-0 phone:px-3.5' : 'mb-6.5',
        highlighted && 'ring-2 ring-accent ring-offset-4 ring-offset-paper',
      )}
    >
      {mine && turn !== undefined && (
        <span
          aria-hidden="true"
          className="absolute top-2.5 -left-9 w-5.5 text-right font-mono text-xs leading-6 text-accent phone:right-3 phone:left-auto phone:group-has-[form]/turn:hidden"
        >
          {turn}
        </span>
      )}
      {children}
    </article>
  )
}
