import { Link } from 'wouter'
import type { Memory } from '#memory/memory.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { memoryPath } from './memory-path.ts'

/** What was taken out, so that it can be looked at and brought back. */
export function ForgottenList({ memories }: { readonly memories: readonly Memory[] }) {
  const { undoMemory } = useActions()
  return (
    <details className="mt-8">
      <summary className="w-fit cursor-pointer rounded-sm text-sm text-ink-2">
        Forgotten <span className="num text-ink-3">{formatCount(memories.length)}</span>
      </summary>
      <p className="mt-1 text-xs text-ink-3">In no prompt any more. Kept here until their conversation is deleted.</p>
      <ul>
        {memories.map((memory) => (
          <li key={memory.id} className="flex items-baseline gap-3 py-1.5">
            <Link href={memoryPath(memory.id)} className="line-clamp-1 min-w-0 flex-1 text-ink-2 hover:text-ink">
              {memory.text}
            </Link>
            <Button kind="text" onClick={() => void undoMemory(memory.id)}>
              Bring it back
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
