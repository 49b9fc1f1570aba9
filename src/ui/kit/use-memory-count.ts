import { useMemo } from 'react'
import { useLonghand } from '#ui/longhand-context.tsx'

/** Memories in force; counted again only when memory changes. */
export function useMemoryCount(): number {
  const memories = useLonghand((state) => state.memories)
  return useMemo(
    () => memories.reduce((count, { retired, replacedBy }) => (retired || replacedBy ? count : count + 1), 0),
    [memories],
  )
}
