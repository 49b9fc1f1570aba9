import { Button } from '#ui/kit/Button.tsx'
import { formatPlural } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { hasMoreToSummarize } from './has-more-to-summarize.ts'
import type { MemoryGroup } from './memory-groups.ts'

/** The conversation that a group of memories is from; the summary of the open one can be rewritten at once. */
export function GroupHead({ group, readOnly }: { readonly group: MemoryGroup; readonly readOnly: boolean }) {
  const title = useLonghand((state) => state.conversations.find((one) => one.id === group.conversationId)?.title)
  const isOpen = useLonghand((state) => state.open?.conversation.id === group.conversationId) && !readOnly
  const more = useLonghand((state) => state.open !== undefined && hasMoreToSummarize(state.open))
  const busy = useLonghand((state) => state.pendingJobs > 0)
  const { summarizeNow } = useActions()
  const summarized = group.memories.some(({ kind }) => kind === 'summary')
  return (
    <div className="flex min-h-8 items-center gap-2 pt-4 pb-0.5">
      <h2 className="min-w-0 truncate text-sm font-semibold">
        {group.conversationId === undefined ? 'About you' : (title ?? 'A conversation that is gone')}
      </h2>
      <span className="flex-1 text-xs whitespace-nowrap text-ink-3">
        {group.memories.length > 1 && formatPlural(group.memories.length, 'memory', 'memories')}
      </span>
      {isOpen && !busy && !more && summarized && (
        <span className="text-right text-xs text-ink-3 phone:hidden">the summary covers all but the last turns</span>
      )}
      {isOpen && !busy && more && (
        <Button kind="text" className="-mr-1.5" onClick={() => void summarizeNow()}>
          {summarized ? 'Rewrite now' : 'Summarise now'}
        </Button>
      )}
    </div>
  )
}
