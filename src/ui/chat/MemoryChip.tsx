import clsx from 'clsx'
import { ListPlus } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { effectiveOps } from '#memory/effective-ops.ts'
import type { MemoryOp } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { announce } from '#ui/kit/announcement.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { memoryPath } from '#ui/memory/memory-path.ts'
import { changeCounts, changesByReply, changeWords, type ReplyChanges } from './memory-changes.ts'

const tones = { gain: 'font-semibold text-good', swap: 'font-semibold text-warn', plain: '' } as const

/** What memory learned after a reply, with a way to take it back. Nothing where it learned nothing. */
export function MemoryChip({ id }: { readonly id: MessageId }) {
  const changes = useLonghand((state) => changesByReply(state.memoryOps, state.open).get(id))
  return changes ? <Chip changes={changes} /> : null
}

function Chip({ changes }: { readonly changes: ReplyChanges }) {
  const ops = useLonghand((state) => state.memoryOps)
  const { undoOps, redoOps } = useActions()
  const [open, setOpen] = useState(false)
  const listId = useId()
  const counting = useMemo(() => new Set(effectiveOps(ops).applied.map((op) => op.id)), [ops])
  const left = changes.filter((op) => counting.has(op.id))
  const undone = left.length === 0
  const shown = undone ? changes : left
  const words = changeWords(shown)
  const ids = changes.map((op) => op.id)

  async function turn() {
    await (undone ? redoOps(ids) : undoOps(ids))
    announce(undone ? `Memory changed again: ${words}` : `Taken back: ${words}`)
  }

  return (
    <div className="text-xs text-ink-2">
      <div className="flex flex-wrap items-center gap-x-2">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={listId}
          aria-label={`Memory ${undone ? 'changes taken back' : 'changed'}: ${words}`}
          onClick={() => setOpen(!open)}
          className="inline-flex touch:min-h-11 min-h-6.5 cursor-pointer items-center gap-2 rounded-sm text-left decoration-accent decoration-2 underline-offset-[5px] hover:text-ink aria-expanded:text-ink aria-expanded:underline"
        >
          <Icon of={ListPlus} size={14} className="text-ink-3" />
          <span className={clsx(undone && 'text-ink-3 line-through')}>
            {changeCounts(shown).map(({ figure, words: what, tone }, index) => (
              <span key={what}>
                {index > 0 && ' · '}
                {figure && <span className={clsx('num', !undone && tones[tone])}>{figure} </span>}
                {what}
              </span>
            ))}
          </span>
        </button>
        <Button
          kind="text"
          aria-label={`${undone ? 'Bring back' : 'Undo'} the changes of memory: ${words}`}
          onClick={() => void turn()}
        >
          {undone ? 'Bring back' : 'Undo'}
        </Button>
      </div>
      {open && (
        <ul id={listId} className="mb-1 ml-1.75 grid gap-1 border-line border-l py-1 pl-4">
          {changes.map((op) => (
            <ChangeLine key={op.id} op={op} undone={!counting.has(op.id)} />
          ))}
        </ul>
      )}
    </div>
  )
}

const verbs: Readonly<Partial<Record<MemoryOp['type'], string>>> = {
  add: 'learned',
  revise: 'replaced',
  merge: 'merged',
  retire: 'taken out',
  touch: 'confirmed',
}

function ChangeLine({ op, undone }: { readonly op: MemoryOp; readonly undone: boolean }) {
  const memories = useLonghand((state) => state.memories)
  const id = 'memory' in op ? op.memory.id : 'memoryId' in op ? op.memoryId : undefined
  const text = 'memory' in op ? op.memory.text : (memories.find((memory) => memory.id === id)?.text ?? 'a memory that is gone')
  const was = op.type === 'revise' ? memories.find((memory) => memory.id === op.memoryId)?.text : undefined
  return (
    <li className={clsx('grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-2', undone && 'text-ink-3')}>
      <span className="text-ink-3">{undone ? 'taken back' : (verbs[op.type] ?? op.type)}</span>
      <span className="min-w-0">
        {id && !undone ? (
          <Link href={memoryPath(id)} className="link line-clamp-2 break-words">
            {text}
          </Link>
        ) : (
          <span className="line-clamp-2 break-words line-through">{text}</span>
        )}
        {was !== undefined && 'memory' in op && op.memory.kind !== 'summary' && (
          <span className="block text-ink-3">was: {was}</span>
        )}
      </span>
    </li>
  )
}
