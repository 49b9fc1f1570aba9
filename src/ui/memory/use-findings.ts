import { useEffect, useState } from 'react'
import type { Finding } from '#memory/lint-memory.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

const pauseMs = 100

/** What a person should look at, found again whenever memory changes; undefined until it is known. */
export function useFindings(): readonly Finding[] | undefined {
  const { checkMemory } = useActions()
  const memories = useLonghand((state) => state.memories)
  const [findings, setFindings] = useState<readonly Finding[]>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found hangs on the memories.
  useEffect(() => {
    let current = true
    const timer = setTimeout(() => {
      void checkMemory().then((found) => {
        if (current && found) setFindings(found)
      })
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [checkMemory, memories])
  return findings
}
