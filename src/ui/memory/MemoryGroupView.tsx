import type { Memory } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { walkRows } from '#ui/inspector/walk-rows.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatPlural } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { hasMoreToSummarize } from './has-more-to-summarize.ts'
import { MemoryRow } from './MemoryRow.tsx'
import type { MemoryGroup } from './memory-groups.ts'

type Props = {
  readonly group: MemoryGroup
  readonly shownId: Memory['id'] | undefined
  readonly turnOf: ReadonlyMap<MessageId, number>
}

/** The memories of one conversation; those of the open one can be rewritten at once. */
export function MemoryGroupView({ group, shownId, turnOf }: Props) {
  const title = useLonghand((state) => state.conversations.find((one) => one.id === group.conversationId)?.title)
  const isOpen = useLonghand((state) => state.open?.conversation.id === group.conversationId)
  const more = useLonghand((state) => state.open !== undefined && hasMoreToSummarize(state.open))
  const busy = useLonghand((state) => state.pendingJobs > 0)
  const { summarizeNow } = useActions()
  return (
    <section>
      <div className="mt-4 mb-0.5 flex min-h-8 items-center gap-2">
        <h2 className="min-w-0 truncate text-sm font-semibold">
          {group.conversationId === undefined ? 'About you' : (title ?? 'A conversation that is gone')}
        </h2>
        <span className="flex-1 text-xs whitespace-nowrap text-ink-3 phone:sr-only">
          {group.memories.length > 1 && formatPlural(group.memories.length, 'memory', 'memories')}
        </span>
        {isOpen && !busy && !more && (
          <span className="text-right text-xs text-ink-3 phone:ml-auto phone:flex-none">covers all but the last turns</span>
        )}
        {isOpen && !busy && more && (
          <Button kind="text" className="-mr-1.5 phone:ml-auto" onClick={() => void summarizeNow()}>
            Rewrite now
          </Button>
        )}
      </div>
      <ul onKeyDown={walkRows}>
        {group.memories.map((memory) => (
          <li key={memory.id}>
            <MemoryRow memory={memory} current={memory.id === shownId} turnOf={turnOf} />
          </li>
        ))}
      </ul>
    </section>
  )
}
