import type { Memory } from '#memory/memory.ts'
import { formatCount } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

/** How far into its conversation a summary reaches, to scale in messages. Nothing where the conversation is gone. */
export function CoverageBar({ memory }: { readonly memory: Memory }) {
  const all = useLonghand((state) => state.conversations.find((one) => one.id === memory.conversationId)?.messageCount)
  if (!memory.covers || !all || all < memory.covers.messageCount) return null
  const covered = memory.covers.messageCount
  return (
    <div className="mt-1 mb-3 text-xs">
      <div
        role="img"
        aria-label={`It covers ${formatCount(covered)} of ${formatCount(all)} messages`}
        className="relative h-4.5 rounded-xs bg-sunk forced-colors:border"
      >
        <div
          className="section-fill h-full rounded-xs"
          style={{ width: `${(covered / all) * 100}%`, '--section': 'var(--color-sec-summary)' }}
        />
      </div>
      <div aria-hidden="true" className="mt-0.5 flex justify-between font-mono text-2xs text-ink-3">
        <span>first message</span>
        <span>
          {formatCount(covered)} of {formatCount(all)}
        </span>
        <span>now</span>
      </div>
    </div>
  )
}
