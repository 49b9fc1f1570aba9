import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { Repair } from '#memory/lint-memory.ts'
import type { Memory } from '#memory/memory.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatDay } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { findingNote, repairWords } from './finding-words.ts'
import { memoryPath } from './memory-path.ts'
import type { Mending, ShownFinding } from './use-mending.ts'

type Props = Pick<Mending, 'mend' | 'unmend'> & ShownFinding & { readonly now: number }

/** One finding: the memories that it is about, and a button for each way out. Mended, it keeps its place with an undo. */
export function FindingCard({ finding, done, now, mend, unmend }: Props) {
  const card = useRef<HTMLLIElement>(null)
  const acted = useRef(false)
  const holds = finding.repairs.filter(({ name }) => name === 'hold')
  const others = finding.repairs.filter(({ name }) => name !== 'hold')
  const note = findingNote(finding, now)

  // The button that was pressed is gone: the focus goes to the first one in its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the card turns from one side to the other.
  useEffect(() => {
    if (acted.current) card.current?.querySelector('button')?.focus()
    acted.current = false
  }, [done === undefined])

  const act = (work: () => Promise<void>) => {
    acted.current = true
    void work()
  }

  if (done)
    return (
      <li ref={card} className="flex min-h-11 items-center gap-2 rounded-lg bg-rail px-4 py-1 text-sm text-ink-2">
        <Icon of={Check} className="text-good" />
        <span className="min-w-0 flex-1">
          {done.said} <span className="text-ink-3">{clip(finding.memories.map(({ text }) => text).join(' · '))}</span>
        </span>
        <Button kind="text" className="-mr-1.5" aria-label={`Undo: ${done.said}`} onClick={() => act(() => unmend(finding))}>
          Undo
        </Button>
      </li>
    )

  const button = (repair: Repair, about: string) => (
    <Button
      key={`${repair.name} ${repair.memoryId ?? ''}`}
      kind="outline"
      className="flex-none bg-paper"
      aria-label={about ? `${repairWords(finding, repair).label}: ${about}` : undefined}
      onClick={() => act(() => mend(finding, repair))}
    >
      {repairWords(finding, repair).label}
    </Button>
  )

  return (
    <li ref={card} className="rounded-lg bg-rail px-4 py-3">
      <ul className="grid gap-2">
        {finding.memories.map((memory) => (
          <li key={memory.id} className="flex items-start gap-3 phone:flex-col phone:gap-1.5">
            <Saying memory={memory} note={note} now={now} />
            {holds.filter(({ memoryId }) => memoryId === memory.id).map((repair) => button(repair, memory.text))}
          </li>
        ))}
      </ul>
      <div className="mt-2.5 flex flex-wrap gap-1.5">
        {others.map((repair) => button(repair, finding.memories.length === 1 ? (finding.memories[0]?.text ?? '') : ''))}
      </div>
    </li>
  )
}

function Saying({ memory, note, now }: { readonly memory: Memory; readonly note: string; readonly now: number }) {
  const title = useLonghand((state) => state.conversations.find((one) => one.id === memory.conversationId)?.title)
  const facts = [`since ${formatDay(memory.validFrom, now)}`, ...(title ? [title] : []), ...(memory.pinned ? ['pinned'] : [])]
  return (
    <span className="min-w-0 flex-1">
      <Link href={memoryPath(memory.id, 'check')} className="line-clamp-3 rounded-sm break-words hover:text-accent">
        {memory.text}
      </Link>
      <span className="block text-xs text-ink-3">
        {note && <span className="text-warn">{note} · </span>}
        {facts.join(' · ')}
      </span>
    </span>
  )
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 78)}…` : text
}
