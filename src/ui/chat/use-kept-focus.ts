import { type FocusEvent, useLayoutEffect, useRef } from 'react'
import type { MessageId } from '#shared/ids.ts'
import { focusMessage } from './focus-message.ts'
import type { TranscriptRow } from './transcript-rows.ts'

/**
 * Another version takes a message's place, and the element that had the focus is gone: the focus goes to what stands there
 * now, on the same control where it has one, so that keys go on working. Returns handlers for the list.
 */
export function useKeptFocus(rows: readonly TranscriptRow[]) {
  const focused = useRef<{ readonly id: string; readonly control: string | undefined }>(undefined)
  const before = useRef(rows)
  useLayoutEffect(() => {
    const at = before.current.findIndex(({ id }) => id === focused.current?.id)
    const gone = at !== -1 && !rows.some(({ id }) => id === focused.current?.id)
    before.current = rows
    if (!gone || document.activeElement !== document.body) return
    const next = rows[Math.min(at, rows.length - 1)]
    if (next) focusMessage(next.id, focused.current?.control)
  }, [rows])
  return {
    onFocus(event: FocusEvent): MessageId | undefined {
      const id = event.target.closest<HTMLElement>('[data-message-id]')?.dataset.messageId
      const control = event.target.matches('button') ? event.target.getAttribute('aria-label') : undefined
      focused.current = id ? { id, control: control ?? undefined } : undefined
      return id as MessageId | undefined
    },
    onBlur() {
      focused.current = undefined
    },
  }
}
