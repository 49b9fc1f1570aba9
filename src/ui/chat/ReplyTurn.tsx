import { RotateCw } from 'lucide-react'
import { lazy, memo, Suspense, useRef } from 'react'
import type { Message } from '#chat/message.ts'
import type { ConversationId } from '#shared/ids.ts'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { LeftDevice } from '#ui/kit/LeftDevice.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { CopyMessage } from './CopyMessage.tsx'
import { MemoryChip } from './MemoryChip.tsx'
import { phaseWords } from './phase-words.ts'
import { QuietLine } from './QuietLine.tsx'
import { ReplyEnd } from './ReplyEnd.tsx'
import { ThoughtFold } from './ThoughtFold.tsx'
import { TurnFrame } from './TurnFrame.tsx'
import type { TranscriptRow } from './transcript-rows.ts'
import { Versions } from './Versions.tsx'
import { WishMark, WishTools } from './WishTools.tsx'

const Citations = lazy(async () => ({ default: (await import('./Citations.tsx')).Citations }))
const Markdown = lazy(async () => ({ default: (await import('#ui/markdown/Markdown.tsx')).Markdown }))

type Props = {
  readonly row: Extract<TranscriptRow, { type: 'reply' }>
  readonly conversationId: ConversationId
  readonly tabStop: boolean
  readonly highlighted: boolean
}

/** A reply: on its way, or stored. The same element serves both, so that nothing jumps when the last word is on disk. */
export const ReplyTurn = memo(function ReplyTurn({ row, conversationId, tabStop, highlighted }: Props) {
  const { id, message, turn } = row
  const current = useLonghand((state) => message?.text ?? state.live[conversationId]?.text)
  const thinks = useLonghand((state) => state.live[conversationId]?.thought !== undefined)
  // Between its last word and its message there is a moment in which it is neither on its way nor read from disk.
  const last = useRef('')
  if (current !== undefined) last.current = current
  const text = last.current
  const phase = useLonghand((state) => (message ? undefined : state.live[conversationId]?.phase))
  const streaming = message === undefined
  return (
    <TurnFrame
      id={id}
      who="Assistant"
      mine={false}
      turn={turn}
      status={message ? message.status : phase === undefined || phase === 'saving' ? 'saving' : 'streaming'}
      tabStop={tabStop}
      highlighted={highlighted}
    >
      {(message ? message.thought : thinks) && (
        <ThoughtFold message={message} conversationId={conversationId} tabStop={tabStop} />
      )}
      {text !== '' && (
        <div className="prose" data-writing={phase === 'writing' || undefined}>
          <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
            <Markdown text={text} streaming={streaming} />
          </Suspense>
        </div>
      )}
      {message ? <StoredFoot message={message} tabStop={tabStop} /> : <LiveFoot conversationId={conversationId} />}
    </TurnFrame>
  )
})

function LiveFoot({ conversationId }: { readonly conversationId: ConversationId }) {
  const words = useLonghand((state) => {
    const live = state.live[conversationId]
    return live ? phaseWords(live) : 'Saving'
  })
  const modelId = useLonghand((state) => state.live[conversationId]?.modelId)
  return (
    <>
      <LeftDevice modelId={modelId} className="mt-2 text-xs" />
      <p className="mt-2 flex min-h-7 items-center text-xs text-ink-3">{words}</p>
    </>
  )
}

function StoredFoot({ message, tabStop }: { readonly message: Message; readonly tabStop: boolean }) {
  const { regenerate } = useActions()
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const cites = useLonghand((state) => {
    const manifest = state.manifests[message.id]
    return typeof manifest === 'object' && (manifest.readMode === 'cite' || manifest.readMode === 'quote') ? manifest : undefined
  })
  const ours = useLonghand((state) => state.open?.conversation.example === true && message.modelId === undefined)
  const tabIndex = tabStop ? 0 : -1
  return (
    <>
      <ReplyEnd message={message} />
      <LeftDevice modelId={message.modelId} className="mt-2 text-xs" />
      {cites && (
        <Suspense>
          <Citations manifest={cites} text={message.text} />
        </Suspense>
      )}
      <WishMark id={message.id} />
      <div className="mt-2 flex min-h-7 flex-wrap items-center text-xs text-ink-3 phone:mt-1">
        {ours ? <span>Written by us for this example, not by a model</span> : <QuietLine id={message.id} />}
        <div
          role="toolbar"
          aria-label="Reply"
          className="ml-auto flex items-center opacity-0 transition-opacity touch:opacity-100 phone:-ml-3.5 phone:w-full group-focus-within/turn:opacity-100 group-hover/turn:opacity-100"
        >
          <CopyMessage text={message.text} done="Reply copied" tabIndex={tabIndex} />
          <IconButton
            small
            icon={RotateCw}
            label="Regenerate"
            hint={ready ? 'the present version is kept' : 'a model must be loaded and free'}
            keys="R"
            tabIndex={tabIndex}
            disabled={!ready}
            onClick={() => void regenerate(message.id)}
          />
          <WishTools id={message.id} tabIndex={tabIndex} />
          <Versions id={message.id} tabIndex={tabIndex} />
        </div>
      </div>
      <MemoryChip id={message.id} />
    </>
  )
}
