import { useEffect, useState } from 'react'
import type { CallLog } from '#runtime/note-calls.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

/** What came of asking the model for memory, read again whenever memory changes; undefined until it is known. */
export function useCallLog(): CallLog | undefined {
  const { readCalls } = useActions()
  const memories = useLonghand((state) => state.memories)
  const [log, setLog] = useState<CallLog>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: calls are noted when memory changes.
  useEffect(() => {
    let current = true
    void readCalls().then((read) => {
      if (current && read) setLog(read)
    })
    return () => {
      current = false
    }
  }, [readCalls, memories])
  return log
}
