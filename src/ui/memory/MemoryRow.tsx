import { AlignLeft, Pin } from 'lucide-react'
import { Link } from 'wouter'
import type { Memory } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { memoryPath } from './memory-path.ts'
import { coverageWords, kindWords, makerName, sourceWords } from './memory-words.ts'

type Props = { readonly memory: Memory; readonly current: boolean; readonly turnOf: ReadonlyMap<MessageId, number> }

/** One memory in the list: its kind, the beginning of its text, what it covers, who made it. */
export function MemoryRow({ memory, current, turnOf }: Props) {
  const models = useLonghand((state) => state.models)
  const level = memory.level > 0 ? [`level ${memory.level}`] : []
  const about = [...level, coverageWords(memory, turnOf), sourceWords(memory)].filter((words) => words !== undefined)
  return (
    <Link
      href={memoryPath(memory.id)}
      data-row
      aria-current={current || undefined}
      className="-mx-3 grid cursor-pointer grid-cols-[5rem_minmax(0,1fr)_auto] gap-x-3.5 rounded-md px-3 py-2 hover:bg-rail aria-current:bg-wash phone:grid-cols-[minmax(0,1fr)_auto]"
    >
      <span className="flex items-center gap-1.5 self-start text-xs leading-5.5 text-ink-3 phone:col-span-full">
        <Icon of={AlignLeft} size={14} />
        {kindWords[memory.kind]}
      </span>
      <span className="min-w-0">
        <span className="line-clamp-2">{memory.text}</span>
        <span className="mt-px block text-xs text-ink-2">{about.join(' · ')}</span>
      </span>
      <span className="text-right text-xs leading-5.5 whitespace-nowrap text-ink-3">
        {memory.pinned ? (
          <span className="inline-flex items-center gap-1 text-accent">
            <Icon of={Pin} size={14} />
            pinned
          </span>
        ) : (
          makerName(memory, models)
        )}
      </span>
    </Link>
  )
}
