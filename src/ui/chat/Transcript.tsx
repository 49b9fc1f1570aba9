import { ArrowDown } from 'lucide-react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { OpenConversation } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { focusMessage } from './focus-message.ts'
import { ReplyTurn } from './ReplyTurn.tsx'
import { type TranscriptRow, transcriptRows } from './transcript-rows.ts'
import { UserTurn } from './UserTurn.tsx'
import { useAnnounceMemory } from './use-announce-memory.ts'
import { useFollow } from './use-follow.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useLiveKey } from './use-live-key.ts'
import { useMessageKeys } from './use-message-keys.ts'
import { useShownMessage } from './use-shown-message.ts'
import { useWindowStart } from './use-window-start.ts'
import { WindowStartLine } from './WindowStartLine.tsx'

/** Conversations up to this many rows are drawn whole, so that the browser's own search finds everything in them. */
const drawnWhole = 80
const loadEarlierPx = 600

/** Fetches the reader of Markdown while the list is laid out. */
void import('#ui/markdown/Markdown.tsx')

/** The messages of a conversation. Long ones are drawn near the view only; older ones are read from disk on the way up. */
export function Transcript({ open, targetId }: { readonly open: OpenConversation; readonly targetId: MessageId | undefined }) {
  const { conversation, messages, complete, firstTurn } = open
  const saving = useLonghand((state) => state.saving[conversation.id])
  const live = useLiveKey(conversation.id, messages)
  const liveId = live?.replyId
  const answering = useLonghand((state) => state.engine.type === 'ready')
  const rows = useMemo(() => transcriptRows(messages, firstTurn, saving, live), [messages, firstTurn, saving, live])
  const start = useWindowStart(messages, complete)
  const { loadEarlier } = useActions()

  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const { away, toEnd, release } = useFollow(scroller, content)
  const shift = usePrepended(rows)
  useAnnounceMemory()
  const [currentId, setCurrentId] = useState<MessageId>()
  const current = rows.findIndex(({ id }) => id === currentId)
  const stop = current === -1 ? rows.length - 1 : current

  const goTo = useCallback(
    (id: MessageId, align: 'nearest' | 'center' = 'nearest') => {
      release()
      setCurrentId(id)
      const index = rows.findIndex((row) => row.id === id)
      if (index !== -1) list.current?.scrollToIndex(index, { align })
      focusMessage(id)
    },
    [rows, release],
  )
  const highlightedId = useShownMessage(targetId, rows, goTo)
  const onKeyDown = useMessageKeys(rows, goTo)
  const keptFocus = useKeptFocus(rows)

  // What was just sent is in view, wherever the reader was.
  const sentId = saving?.id ?? liveId
  useEffect(() => {
    if (sentId) toEnd()
  }, [sentId, toEnd])

  const loading = useRef(false)
  async function onScroll(offset: number) {
    if (offset > loadEarlierPx || complete || loading.current) return
    loading.current = true
    await loadEarlier()
    loading.current = false
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label="Messages"
        aria-busy={liveId !== undefined}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const id = keptFocus.onFocus(event)
          if (id) setCurrentId(id)
        }}
        onBlur={keptFocus.onBlur}
        className="thin-scroll min-h-0 flex-1 overflow-y-auto [mask-image:linear-gradient(transparent,#000_20px)] [overflow-anchor:none]"
      >
        {/* The list makes itself deaf to the pointer while it scrolls, also when it scrolls by itself to keep its place: a click
            that was under way would be lost. */}
        <div
          ref={content}
          className="mx-auto w-full max-w-[calc(var(--container-measure)+5.5rem)] pt-5.5 pr-6 pl-16 *:pointer-events-auto! phone:px-4"
        >
          <Virtualizer
            ref={list}
            data={rows}
            scrollRef={scroller}
            startMargin={22}
            shift={shift}
            bufferSize={rows.length <= drawnWhole ? 1_000_000 : 1000}
            keepMounted={stop >= 0 ? [stop] : []}
            onScroll={(offset) => void onScroll(offset)}
          >
            {(row, index) => (
              <div key={row.id}>
                {start?.messageId === row.id && <WindowStartLine start={start} turn={row.turn} />}
                {row.type === 'user' ? (
                  <UserTurn
                    row={row}
                    tabStop={index === stop}
                    highlighted={row.id === highlightedId}
                    unanswered={answering && index === rows.length - 1 && !row.saving}
                  />
                ) : (
                  <ReplyTurn
                    row={row}
                    conversationId={conversation.id}
                    tabStop={index === stop}
                    highlighted={row.id === highlightedId}
                  />
                )}
              </div>
            )}
          </Virtualizer>
        </div>
      </div>
      {away && (
        <button
          type="button"
          aria-label="Jump to the end"
          onClick={toEnd}
          className="absolute bottom-2 left-1/2 grid size-9 -translate-x-1/2 cursor-pointer place-items-center rounded-full bg-raised text-ink-2 shadow-pop transition-colors touch:size-11 hover:text-ink"
        >
          <Icon of={ArrowDown} />
        </button>
      )}
    </div>
  )
}

/** True in the render in which older rows were put before the ones shown: the view is then held from its end. */
function usePrepended(rows: readonly TranscriptRow[]): boolean {
  const firstId = useRef<MessageId>(undefined)
  const before = firstId.current
  const prepended = before !== undefined && rows[0]?.id !== before && rows.some(({ id }) => id === before)
  useLayoutEffect(() => {
    firstId.current = rows[0]?.id
  }, [rows])
  return prepended
}
