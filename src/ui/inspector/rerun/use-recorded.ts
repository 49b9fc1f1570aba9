import { useEffect, useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

/** The recorded reply's own words, without those of a cut reply that it goes on with; undefined while they are read. */
export function useRecorded({ replyId, continues }: Manifest): string | undefined {
  const { readMessages } = useActions()
  // A temporary chat's messages are nowhere else.
  const shown = useLonghand((state) => state.open?.messages)
  const [text, setText] = useState<string>()
  useEffect(() => {
    let current = true
    void readMessages(continues ? [replyId, continues] : [replyId]).then((stored) => {
      if (!current) return
      const textOf = (id: typeof continues) => [...(shown ?? []), ...stored].find((message) => message.id === id)?.text ?? ''
      const [reply, before] = [textOf(replyId), textOf(continues)]
      setText(reply.startsWith(before) ? reply.slice(before.length) : reply)
    })
    return () => {
      current = false
    }
  }, [readMessages, replyId, continues, shown])
  return text
}
