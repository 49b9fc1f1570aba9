import { Pin } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import type { Memory } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { memoryPath } from './memory-path.ts'
import { coverageWords, kindWords, makerName, sourceWords, validityWords } from './memory-words.ts'

type Props = {
  readonly memory: Memory
  /** What it replaced. */
  readonly was: Memory | undefined
  readonly current: boolean
  readonly tabStop: boolean
  readonly turnOf: ReadonlyMap<MessageId, number>
  readonly now: number
}

/** One memory in the list: its kind, its text, since when it holds or what it covers, who made it. */
export const MemoryRow = memo(function MemoryRow({ memory, was, current, tabStop, turnOf, now }: Props) {
  const models = useLonghand((state) => state.models)
  const { one, icon } = kindWords[memory.kind]
  const level = memory.level > 0 ? [`level ${memory.level}`] : []
  const about =
    memory.kind === 'summary'
      ? [...level, coverageWords(memory, turnOf), sourceWords(memory)].filter((words) => words !== undefined).join(' · ')
      : validityWords(memory, was, now)
  return (
    <Link
      href={memoryPath(memory.id)}
      data-row={memory.id}
      tabIndex={tabStop ? 0 : -1}
      aria-current={current || undefined}
      className="-mx-3 grid cursor-pointer grid-cols-[5.5rem_minmax(0,1fr)_auto] gap-x-3.5 rounded-md px-3 py-1.75 hover:bg-rail aria-current:bg-wash phone:grid-cols-[minmax(0,1fr)_auto]"
    >
      <span className="flex items-center gap-1.5 self-start text-xs leading-5.5 text-ink-3">
        <Icon of={icon} size={14} />
        {one}
      </span>
      <span className="min-w-0 phone:col-span-full phone:row-start-2">
        <span className="line-clamp-2 break-words">{memory.text}</span>
        <span className="mt-px line-clamp-2 text-xs text-ink-2">{about}</span>
      </span>
      <span className="text-right text-xs leading-5.5 whitespace-nowrap text-ink-3">
        {memory.pinned ? (
          <span className="inline-flex items-center gap-1 text-accent">
            <Icon of={Pin} size={14} />
            pinned
          </span>
        ) : memory.strength > 1 ? (
          `confirmed ${memory.strength - 1}×`
        ) : (
          (memory.kind === 'summary' || memory.madeBy === 'user') && makerName(memory, models)
        )}
      </span>
    </Link>
  )
})
