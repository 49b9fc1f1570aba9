import { lazy, Suspense, useEffect } from 'react'
import { Link } from 'wouter'
import { FirstRun } from '#ui/first-run/FirstRun.tsx'
import { buttonClass } from '#ui/kit/Button.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { closeReceipt } from '#ui/shell/shell-state.ts'
import { ChatTop } from './ChatTop.tsx'
import { Composer } from './Composer.tsx'
import { setEditing } from './chat-state.ts'
import { EmptyChat } from './EmptyChat.tsx'
import { ModelGate } from './ModelGate.tsx'
import { TurnProblem } from './TurnProblem.tsx'
import { useAnnounceReplies } from './use-announce-replies.ts'
import { useChatRoute } from './use-chat-route.ts'
import { WindowStrip } from './WindowStrip.tsx'

const loadTranscript = async () => ({ default: (await import('./Transcript.tsx')).Transcript })
const Transcript = lazy(loadTranscript)
const ExampleNote = lazy(async () => ({ default: (await import('./example/ExampleNote.tsx')).ExampleNote }))

/** The conversation on the screen with its composer. */
export function ChatPage() {
  const { conversationId, targetId } = useChatRoute()
  const open = useLonghand((state) => state.open)
  const opening = useLonghand((state) => state.opening || state.boot.type === 'starting')
  const first = useLonghand((state) => state.conversations.every(({ example }) => example))
  const begun = useLonghand((state) => {
    const id = state.open?.conversation.id
    return (
      id !== undefined &&
      ((state.open?.messages.length ?? 0) > 0 || state.saving[id] !== undefined || state.live[id] !== undefined)
    )
  })
  const shown = open && (conversationId === undefined || open.conversation.id === conversationId) ? open : undefined
  const id = shown?.conversation.id
  const firstRun = first && !begun && shown?.conversation.temporary !== true
  useAnnounceReplies()
  useEffect(() => void loadTranscript(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation starts with nothing open beside it.
  useEffect(
    () => () => {
      closeReceipt()
      setEditing(undefined)
    },
    [id],
  )
  const title = shown?.conversation.title
  useEffect(() => {
    document.title = title ? `${title} · Longhand` : 'Longhand'
  }, [title])

  if (!shown) {
    return (
      <>
        <ChatTop open={undefined} />
        <div className="m-auto px-6 text-center text-ink-2">
          <p>{opening ? 'Reading from disk…' : 'This conversation is not here. It may have been deleted.'}</p>
          {!opening && (
            <Link href="/" className={buttonClass('outline', 'mt-4')}>
              Start another
            </Link>
          )}
        </div>
      </>
    )
  }
  return (
    <>
      <ChatTop open={shown} />
      {shown.conversation.example && begun && (
        <Suspense>
          <ExampleNote key={id} open={shown} />
        </Suspense>
      )}
      {begun ? (
        <Suspense fallback={<div className="flex-1" />}>
          <Transcript key={id} open={shown} targetId={targetId} />
        </Suspense>
      ) : firstRun ? (
        <FirstRun />
      ) : (
        <EmptyChat conversation={shown.conversation} />
      )}
      <div className="flex-none bg-paper pb-3.5 phone:pb-[max(8px,env(safe-area-inset-bottom))]">
        <div className="mx-auto w-full max-w-[calc(var(--container-measure)+5.5rem)] pr-6 pl-16 phone:px-4">
          <TurnProblem conversationId={shown.conversation.id} />
          {!firstRun && (
            <div className="mb-2 empty:hidden">
              <ModelGate />
            </div>
          )}
          <WindowStrip />
          <Composer key={id} conversation={shown.conversation} />
        </div>
      </div>
    </>
  )
}
