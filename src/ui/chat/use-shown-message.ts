import { useEffect, useRef, useState } from 'react'
import type { MessageId } from '#shared/ids.ts'
import { announce } from '#ui/kit/announcement.ts'
import { useActions } from '#ui/longhand-context.tsx'
import type { TranscriptRow } from './transcript-rows.ts'

const highlightMs = 2500

/**
 * Brings the message that the address names into view and marks it for a moment. One on another branch has its branch
 * shown; one that is gone is said to be.
 */
export function useShownMessage(
  targetId: MessageId | undefined,
  rows: readonly TranscriptRow[],
  goTo: (id: MessageId, align: 'center') => void,
): MessageId | undefined {
  const { showMessage, showSibling } = useActions()
  const [highlightedId, setHighlightedId] = useState<MessageId>()
  const wanted = useRef<MessageId>(undefined)

  useEffect(() => {
    wanted.current = targetId
    if (!targetId) return
    void (async () => {
      if (await showMessage(targetId)) return
      await showSibling(targetId)
      if (wanted.current === targetId && !(await showMessage(targetId))) {
        wanted.current = undefined
        announce('That message is not in this conversation any more.')
      }
    })()
  }, [targetId, showMessage, showSibling])

  useEffect(() => {
    const id = wanted.current
    if (!id || !rows.some((row) => row.id === id)) return
    wanted.current = undefined
    goTo(id, 'center')
    setHighlightedId(id)
    const timer = setTimeout(() => setHighlightedId(undefined), highlightMs)
    return () => clearTimeout(timer)
  }, [rows, goTo])

  return highlightedId
}
