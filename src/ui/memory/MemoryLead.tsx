import type { Memory } from '#memory/memory.ts'
import { formatDay, formatPlural } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { countKinds } from './memory-groups.ts'
import { countOfKind } from './memory-words.ts'

type Props = { readonly memories: readonly Memory[]; readonly now: number; readonly past: boolean }

/** How much is known and since when, and the switch for all of memory. */
export function MemoryLead({ memories, now, past }: Props) {
  const on = useLonghand((state) => state.settings.memory)
  const last = useLonghand((state) => state.memoryOps.at(-1)?.at)
  const jobs = useLonghand((state) => state.pendingJobs)
  const { updateSettings } = useActions()
  const counts = countKinds(memories, now)
  return (
    <>
      {counts.length === 0
        ? 'What is kept from your conversations, with the sentences it came from.'
        : `${counts.map(([kind, count]) => countOfKind(kind, count)).join(', ')}${last === undefined || past ? '' : `; changed ${lastWords(last, now)}`}.`}{' '}
      <button
        type="button"
        className="link relative after:absolute after:-inset-x-2 after:-inset-y-2.5"
        onClick={() => void updateSettings({ memory: !on })}
      >
        {on ? 'Pause' : 'Resume'}
        <span className="sr-only"> memory</span>
      </button>
      {!on && (
        <span className="block text-sm text-warn">
          Paused: nothing is recalled and nothing new is written. What is kept stays here, and chats stay on this device as
          before.
        </span>
      )}
      <span role="status" className="block text-xs text-ink-3">
        {jobs > 0 && `Memory is being written: ${formatPlural(jobs, 'job')} waiting. It goes on while you do not write.`}
      </span>
    </>
  )
}

function lastWords(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${formatPlural(minutes, 'minute')} ago`
  return minutes < 24 * 60 ? `${formatPlural(Math.floor(minutes / 60), 'hour')} ago` : `on ${formatDay(at, now)}`
}
