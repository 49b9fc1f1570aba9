import { lazy, Suspense, useMemo, useRef } from 'react'
import { useRoute } from 'wouter'
import type { Conversation } from '#chat/conversation.ts'
import { useRowWalk } from '#ui/kit/use-row-walk.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { ConversationRow } from './ConversationRow.tsx'
import { groupConversations } from './group-conversations.ts'
import { pagePattern } from './page-pattern.ts'

const LongList = lazy(async () => ({ default: (await import('./LongList.tsx')).LongList }))

type Row =
  | { readonly type: 'label'; readonly label: string }
  | { readonly type: 'conversation'; readonly conversation: Conversation }

/** Rows that are drawn as they are; a longer list draws only what is near the view. */
const drawnWhole = 60

/** All conversations. One tab stop: arrows walk, Home and End jump. */
export function ConversationList() {
  const conversations = useLonghand((state) => state.conversations)
  const [onPage] = useRoute(pagePattern)
  const openId = useLonghand((state) => (onPage ? undefined : state.open?.conversation.id))
  const list = useRef<HTMLDivElement>(null)
  const rows = useMemo<readonly Row[]>(
    () =>
      groupConversations(conversations, Date.now()).flatMap(({ label, conversations: members }) => [
        { type: 'label' as const, label },
        ...members.map((conversation) => ({ type: 'conversation' as const, conversation })),
      ]),
    [conversations],
  )
  const tabStop = conversations.some(({ id }) => id === openId) ? openId : conversations[0]?.id

  const onKeyDown = useRowWalk(list, list, rows.length <= drawnWhole)

  const draw = (row: Row) =>
    row.type === 'label' ? (
      <h2 key={row.label} className="px-2 pt-3 pb-1 text-xs text-ink-3">
        {row.label}
      </h2>
    ) : (
      <ConversationRow
        key={row.conversation.id}
        conversation={row.conversation}
        current={row.conversation.id === openId}
        tabStop={row.conversation.id === tabStop}
      />
    )

  return (
    <nav aria-label="Conversations" className="-mx-2.5 mt-2.5 mb-2 flex min-h-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it moves focus between the links inside it. */}
      <div ref={list} onKeyDown={onKeyDown} className="thin-scroll min-h-0 flex-1 overflow-y-auto px-2.5 *:pointer-events-auto!">
        {rows.length === 0 && <p className="px-2 pt-1 text-xs text-ink-3">No conversations yet</p>}
        {rows.length <= drawnWhole ? (
          rows.map(draw)
        ) : (
          <Suspense>
            <LongList
              rows={rows}
              draw={(index) => draw(rows[index] as Row)}
              scrollRef={list}
              tabStop={rows.findIndex((row) => row.type === 'conversation' && row.conversation.id === tabStop)}
            />
          </Suspense>
        )}
      </div>
    </nav>
  )
}
