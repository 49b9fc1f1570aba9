import { Pencil } from 'lucide-react'
import { memo } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { CopyMessage } from './CopyMessage.tsx'
import { setEditing, useChatState } from './chat-state.ts'
import { EditMessage } from './EditMessage.tsx'
import { focusMessage } from './focus-message.ts'
import { TurnFrame } from './TurnFrame.tsx'
import type { TranscriptRow } from './transcript-rows.ts'
import { Versions } from './Versions.tsx'
import { WishMark, WishTools } from './WishTools.tsx'
import { WhereButton } from './whereabouts/WhereButton.tsx'

type Props = {
  readonly row: Extract<TranscriptRow, { type: 'user' }>
  readonly tabStop: boolean
  readonly highlighted: boolean
  /** It is the last message and nothing answers it: the page closed before the reply began, or the turn failed. */
  readonly unanswered: boolean
}

/** A message of yours, as you typed it: it is not read as Markdown. */
export const UserTurn = memo(function UserTurn({ row, tabStop, highlighted, unanswered }: Props) {
  const { message, saving, turn } = row
  const { regenerate } = useActions()
  const editing = useChatState((state) => state.editingId === message.id)
  const tabIndex = tabStop ? 0 : -1
  function endEditing() {
    setEditing(undefined)
    focusMessage(message.id)
  }
  return (
    <TurnFrame
      id={message.id}
      who={message.speaker ?? 'You'}
      mine
      turn={turn}
      status={saving ? 'saving' : message.status}
      tabStop={tabStop}
      highlighted={highlighted}
    >
      {editing ? (
        <EditMessage message={message} onDone={endEditing} />
      ) : (
        <>
          {message.speaker !== undefined && <p className="text-xs font-semibold text-ink-2">{message.speaker}</p>}
          <p className="text-prose leading-6 wrap-anywhere whitespace-pre-wrap phone:pr-6">{message.text}</p>
        </>
      )}
      {!editing && <WishMark id={message.id} />}
      {!editing && !saving && (
        <div
          role="toolbar"
          aria-label={message.speaker === undefined ? 'Your message' : `Message of ${message.speaker}`}
          className="absolute right-2 -bottom-3.5 flex items-center rounded-md bg-raised opacity-0 shadow-pop transition-opacity touch:static touch:-mt-1.5 touch:-mb-3 touch:-ml-3.5 touch:bg-transparent touch:opacity-100 touch:shadow-none group-focus-within/turn:opacity-100 group-hover/turn:opacity-100 has-[[data-versions]]:opacity-100"
        >
          <CopyMessage text={message.text} done="Message copied" tabIndex={tabIndex} />
          <IconButton small icon={Pencil} label="Edit" keys="E" tabIndex={tabIndex} onClick={() => setEditing(message.id)} />
          <WhereButton message={message} tabIndex={tabIndex} />
          <WishTools id={message.id} tabIndex={tabIndex} />
          <Versions id={message.id} tabIndex={tabIndex} />
        </div>
      )}
      {unanswered && !editing && (
        <div className="mt-2 flex items-center gap-2 text-xs text-ink-2">
          <span>No reply yet.</span>
          <Button kind="text" onClick={() => void regenerate(message.id)}>
            Reply now
          </Button>
        </div>
      )}
    </TurnFrame>
  )
})
