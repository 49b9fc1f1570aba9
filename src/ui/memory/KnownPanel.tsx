import { CalendarClock, Plus } from 'lucide-react'
import { type RefObject, useMemo, useState } from 'react'
import type { Memory, MemoryKind } from '#memory/memory.ts'
import type { MemoryId } from '#shared/ids.ts'
import { turnNumbers } from '#ui/inspector/turn-numbers.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatDay } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { DaySlider } from './DaySlider.tsx'
import { ForgottenList } from './ForgottenList.tsx'
import { KindFilter } from './KindFilter.tsx'
import { MemoryList } from './MemoryList.tsx'
import { countKinds, filterMemories } from './memory-groups.ts'
import { SummarizeOpen } from './SummarizeOpen.tsx'
import { daysBack, endOfDay } from './use-memory-days.ts'

type Props = {
  readonly memories: readonly Memory[]
  readonly text: string
  readonly shownId: string | undefined
  readonly now: number
  /** Days back that are shown; undefined while the slider is put away. */
  readonly back: number | undefined
  readonly onBack: (back: number | undefined) => void
  readonly onAdd: () => void
  readonly scrollRef: RefObject<HTMLElement | null>
}

/** What is known, by kind and conversation, today or on another day. */
export function KnownPanel({ memories, text, shownId, now, back, onBack, onAdd, scrollRef }: Props) {
  const ops = useLonghand((state) => state.memoryOps)
  const open = useLonghand((state) => state.open)
  const [kind, setKind] = useState<MemoryKind>()
  const past = back !== undefined && back > 0
  const at = past ? endOfDay(now, back) : now
  const days = useMemo(() => daysBack(ops, now), [ops, now])
  const counts = useMemo(() => countKinds(memories, at), [memories, at])
  const shown = useMemo(() => filterMemories(memories, { kind, text }, at), [memories, kind, text, at])
  const before = useMemo(
    () => new Map(memories.flatMap((memory): [MemoryId, Memory][] => (memory.replacedBy ? [[memory.replacedBy, memory]] : []))),
    [memories],
  )
  const forgotten = useMemo(() => memories.filter((memory) => memory.retired && memory.replacedBy === undefined), [memories])
  const nothing = counts.length === 0
  return (
    <>
      <div className="mt-2.5 flex items-center gap-1 phone:flex-wrap">
        {nothing ? <span className="flex-1" /> : <KindFilter counts={counts} chosen={kind} onChoose={setKind} />}
        <span className="ml-auto flex flex-none items-center phone:-ml-3">
          {days !== undefined && back === undefined && (
            <Button className="text-ink-2" onClick={() => onBack(0)}>
              <Icon of={CalendarClock} size={14} />
              As of today
            </Button>
          )}
          {!past && (
            <Button className="-mr-3 text-ink-2 phone:mr-0" onClick={onAdd}>
              <Icon of={Plus} size={14} />
              Write one down
            </Button>
          )}
        </span>
      </div>
      {days !== undefined && back !== undefined && (
        <DaySlider now={now} days={days} back={back} onChange={onBack} onClose={() => onBack(undefined)} />
      )}
      {nothing && !past && <Empty />}
      {nothing && past && <p className="mt-6 text-ink-2">Nothing was known on {formatDay(at, now)}.</p>}
      {!nothing && shown.length === 0 && (
        <p role="status" className="mt-6 text-ink-2">
          {text.trim() === ''
            ? 'Nothing of this kind is known.'
            : 'No memory has these words. Messages are searched with Ctrl K.'}
        </p>
      )}
      <MemoryList
        memories={shown}
        before={before}
        shownId={shownId}
        turnOf={turnNumbers(open)}
        now={at}
        readOnly={past}
        scrollRef={scrollRef}
      />
      {!past && <SummarizeOpen memories={memories} />}
      {!past && forgotten.length > 0 && <ForgottenList memories={forgotten} />}
    </>
  )
}

function Empty() {
  return (
    <div className="mt-6 max-w-152">
      <h2 className="font-semibold">Nothing is remembered yet</h2>
      <p className="mt-1 text-ink-2">
        While a conversation fits the model’s window, all of it is sent and no summary is needed. When the window is nearly full,
        memory is written after the reply and appears here, each sentence with the one it came from. You can also write something
        down yourself.
      </p>
    </div>
  )
}
