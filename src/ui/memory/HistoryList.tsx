import clsx from 'clsx'
import { useMemo } from 'react'
import type { Memory } from '#memory/memory.ts'
import type { MemoryId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatDay, formatTime } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { historyEntries } from './history-words.ts'

type Props = {
  /** The memory and the values before it. */
  readonly ids: readonly MemoryId[]
  readonly memories: ReadonlyMap<MemoryId, Memory>
  readonly now: number
  /** In the past, what came later is not shown and nothing can be taken back. */
  readonly asOf: number | undefined
}

/** What happened to a memory, newest first, each change with its undo. */
export function HistoryList({ ids, memories, now, asOf }: Props) {
  const ops = useLonghand((state) => state.memoryOps)
  const { undoOps, redoOps } = useActions()
  const entries = useMemo(() => {
    const seen = asOf === undefined ? ops : ops.filter(({ at }) => at <= asOf)
    return historyEntries(seen, memories, ids)
  }, [ops, memories, ids, asOf])
  return (
    <ol className="relative pl-5 before:absolute before:top-3 before:bottom-3.5 before:left-1 before:w-px before:bg-edge">
      {entries.map(({ opId, at, words, byUser, undone }, index) => (
        <li
          key={opId}
          className={clsx(
            'relative flex items-start gap-2 py-1 before:absolute before:top-2.5 before:-left-5 before:size-2.25 before:rounded-full',
            index === 0 && !undone ? 'before:bg-accent' : 'before:bg-rail before:ring-[1.5px] before:ring-edge before:ring-inset',
          )}
        >
          <span className="min-w-0 flex-1">
            <span className={clsx('block text-sm break-words', undone && 'text-ink-3 line-through')}>{words}</span>
            <span className="block text-xs text-ink-3">
              {formatDay(at, now)}, {formatTime(at)} · {undone ? 'taken back' : byUser ? 'by hand' : 'after a conversation'}
            </span>
          </span>
          {asOf === undefined && (
            <Button
              kind="text"
              className="-mr-1.5 flex-none"
              aria-label={`${undone ? 'Bring back' : 'Undo'}: ${words}`}
              onClick={() => void (undone ? redoOps([opId]) : undoOps([opId]))}
            >
              {undone ? 'Bring back' : 'Undo'}
            </Button>
          )}
        </li>
      ))}
    </ol>
  )
}
