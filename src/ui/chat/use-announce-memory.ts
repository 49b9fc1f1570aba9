import { useEffect } from 'react'
import type { LonghandState } from '#runtime/state.ts'
import { announce } from '#ui/kit/announcement.ts'
import { useLonghandStore } from '#ui/longhand-context.tsx'
import { changeWords } from './memory-changes.ts'

/** Tells screen readers when the open conversation has changed memory, and where to take that back. */
export function useAnnounceMemory(): void {
  const store = useLonghandStore()
  useEffect(() => {
    const listen = (state: LonghandState, before: LonghandState) => {
      const { memoryOps, open } = state
      if (memoryOps === before.memoryOps || !open || before.boot.type !== 'ready') return
      const known = new Set(before.memoryOps.map(({ id }) => id))
      const fresh = memoryOps.filter(
        ({ id, cause }) => !known.has(id) && cause.type === 'epoch-closed' && cause.conversationId === open.conversation.id,
      )
      if (fresh.length > 0) announce(`Memory changed: ${changeWords(fresh)}. It can be undone under the reply.`)
    }
    return store.subscribe(listen)
  }, [store])
}
