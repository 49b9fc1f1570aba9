import type { Memory } from '#memory/memory.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { hasMoreToSummarize } from './has-more-to-summarize.ts'

/** The open conversation has no memory yet: where there is enough of it, it need not wait until its window is full. */
export function SummarizeOpen({ memories }: { readonly memories: readonly Memory[] }) {
  const open = useLonghand((state) => state.open)
  const busy = useLonghand((state) => state.pendingJobs > 0)
  const { summarizeNow } = useActions()
  if (!open || open.messages.length === 0 || open.conversation.temporary) return null
  if (memories.some((memory) => memory.conversationId === open.conversation.id && !memory.retired)) return null
  const more = hasMoreToSummarize(open)
  return (
    <p className="mt-6 flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
      <span>
        “{open.conversation.title}” is open and has no summary.
        {!more && ' Its last three turns are sent as they were said, so there is nothing to summarise yet.'}
      </span>
      {!busy && more && (
        <Button kind="text" onClick={() => void summarizeNow()}>
          Summarise now
        </Button>
      )}
    </p>
  )
}
