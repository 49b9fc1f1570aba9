import { useRef } from 'react'
import { Link } from 'wouter'
import type { Finding, Repair } from '#memory/lint-memory.ts'
import type { Memory } from '#memory/memory.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatDay } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { findingNote, repairWords } from './finding-words.ts'
import { memoryPath } from './memory-path.ts'

/** One finding: the memories that it is about, and a button for each way out. */
export function FindingCard({ finding, now }: { readonly finding: Finding; readonly now: number }) {
  const { changeMemory } = useActions()
  const card = useRef<HTMLLIElement>(null)
  const holds = finding.repairs.filter(({ name }) => name === 'hold')
  const others = finding.repairs.filter(({ name }) => name !== 'hold')
  const note = findingNote(finding, now)

  async function mend(repair: Repair) {
    // The card goes: the focus moves on to the next one.
    const next = card.current?.nextElementSibling ?? card.current?.previousElementSibling
    const done = await changeMemory(repair.ops, repairWords(finding, repair).said)
    if (done.length > 0) next?.querySelector('button')?.focus()
  }

  const button = (repair: Repair, about: string) => (
    <Button
      key={`${repair.name} ${repair.memoryId ?? ''}`}
      kind="outline"
      className="flex-none bg-paper"
      aria-label={about ? `${repairWords(finding, repair).label}: ${about}` : undefined}
      onClick={() => void mend(repair)}
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
