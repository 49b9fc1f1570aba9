import { useState } from 'react'
import { Link } from 'wouter'
import { effectiveOps } from '#memory/effective-ops.ts'
import type { Memory } from '#memory/memory.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { useActions, useLonghandStore } from '#ui/longhand-context.tsx'
import { memoryPath } from './memory-path.ts'

const shownAtFirst = 50

/** What was taken out, so that it can be looked at and brought back. */
export function ForgottenList({ memories }: { readonly memories: readonly Memory[] }) {
  const { undoOps } = useActions()
  const store = useLonghandStore()
  const [all, setAll] = useState(false)
  const shown = all ? memories : memories.slice(0, shownAtFirst)

  function bringBack(memory: Memory) {
    const { applied } = effectiveOps(store.getState().memoryOps)
    const retire = applied.findLast((op) => op.type === 'retire' && op.memoryId === memory.id)
    if (retire) void undoOps([retire.id])
  }

  return (
    <details className="mt-8">
      <summary className="w-fit cursor-pointer rounded-sm text-sm text-ink-2">
        Forgotten <span className="num text-ink-3">{formatCount(memories.length)}</span>
      </summary>
      <p className="mt-1 text-xs text-ink-3">In no prompt any more. Kept here until their conversation is deleted.</p>
      <ul>
        {shown.map((memory) => (
          <li key={memory.id} className="flex items-baseline gap-3 py-1.5">
            <Link href={memoryPath(memory.id)} className="line-clamp-1 min-w-0 flex-1 text-ink-2 hover:text-ink">
              {memory.text}
            </Link>
            <Button kind="text" aria-label={`Bring back: ${memory.text}`} onClick={() => bringBack(memory)}>
              Bring it back
            </Button>
          </li>
        ))}
      </ul>
      {!all && memories.length > shownAtFirst && (
        <Button kind="text" className="-ml-1.5" onClick={() => setAll(true)}>
          Show the other {formatPlural(memories.length - shownAtFirst, 'memory', 'memories')}
        </Button>
      )}
    </details>
  )
}
