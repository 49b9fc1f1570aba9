import { useMemo } from 'react'
import { inForce } from '#memory/in-force.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

/** Memories that hold now; counted again only when memory changes. */
export function useMemoryCount(): number {
  const memories = useLonghand((state) => state.memories)
  return useMemo(() => {
    const now = Date.now()
    return memories.reduce((count, memory) => (inForce(memory, now) ? count + 1 : count), 0)
  }, [memories])
}
