import { lazy, type RefObject, Suspense, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Memory } from '#memory/memory.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'
import { useRowWalk } from '#ui/kit/use-row-walk.ts'
import { GroupHead } from './GroupHead.tsx'
import { MemoryRow } from './MemoryRow.tsx'
import { groupMemories, type MemoryGroup } from './memory-groups.ts'

const LongList = lazy(async () => ({ default: (await import('#ui/shell/LongList.tsx')).LongList }))

/** Rows that are drawn as they are; a longer list draws only what is near the view. */
const drawnWhole = 60

type Row =
  | { readonly type: 'head'; readonly group: MemoryGroup }
  | { readonly type: 'memory'; readonly memory: Memory; readonly first: boolean }

type Props = {
  readonly memories: readonly Memory[]
  /** What each memory replaced. */
  readonly before: ReadonlyMap<MemoryId, Memory>
  readonly shownId: string | undefined
  readonly turnOf: ReadonlyMap<MessageId, number>
  readonly now: number
  readonly readOnly: boolean
  readonly scrollRef: RefObject<HTMLElement | null>
}

/** Memories by conversation. One tab stop: arrows walk, Home and End jump. */
export function MemoryList({ memories, before, shownId, turnOf, now, readOnly, scrollRef }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const rows = useMemo<readonly Row[]>(
    () =>
      groupMemories(memories).flatMap((group) => [
        { type: 'head' as const, group },
        ...group.memories.map((memory, index) => ({ type: 'memory' as const, memory, first: index === 0 })),
      ]),
    [memories],
  )
  const stopId = memories.some(({ id }) => id === shownId) ? shownId : rows.find((row) => row.type === 'memory')?.memory.id
  const whole = rows.length <= drawnWhole
  const onKeyDown = useRowWalk(list, scrollRef, whole)
  const top = useTop(list, scrollRef)
  const draw = (row: (typeof rows)[number]) =>
    row.type === 'head' ? (
      <GroupHead key={row.group.conversationId ?? 'everywhere'} group={row.group} readOnly={readOnly} />
    ) : (
      <MemoryRow
        key={row.memory.id}
        memory={row.memory}
        was={before.get(row.memory.id)}
        current={row.memory.id === shownId}
        tabStop={row.memory.id === stopId}
        turnOf={turnOf}
        now={now}
      />
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it moves focus between the links inside it.
    <div ref={list} onKeyDown={onKeyDown} className="*:pointer-events-auto!">
      {whole ? (
        rows.map(draw)
      ) : (
        <Suspense>
          <LongList
            rows={rows}
            draw={(index) => draw(rows[index] as (typeof rows)[number])}
            scrollRef={scrollRef}
            startMargin={top}
            tabStop={rows.findIndex((row) => row.type === 'memory' && row.memory.id === stopId)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** How far below the top of the scrolled content an element begins, kept up to date. */
function useTop(element: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      const box = scroller.current
      const own = element.current
      if (box && own) setTop(own.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop)
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const child of element.current?.parentElement?.children ?? []) if (child !== element.current) observer.observe(child)
    return () => observer.disconnect()
  }, [element, scroller])
  return Math.round(top)
}
