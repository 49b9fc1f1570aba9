import type { KeyboardEvent } from 'react'
import type { MessageId } from '#shared/ids.ts'
import { copyText } from '#ui/kit/copy-text.ts'
import { useActions, useLonghandStore } from '#ui/longhand-context.tsx'
import { openReceipt } from '#ui/shell/shell-state.ts'
import { setEditing } from './chat-state.ts'
import type { TranscriptRow } from './transcript-rows.ts'

/** Keys on a message that has the focus itself: walk, copy, regenerate, edit, receipt, versions. */
export function useMessageKeys(rows: readonly TranscriptRow[], goTo: (id: MessageId) => void): (event: KeyboardEvent) => void {
  const actions = useActions()
  const store = useLonghandStore()
  return (event) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.messageId : undefined
    const at = rows.findIndex((row) => row.id === id)
    const row = rows[at]
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    const target = to === undefined ? undefined : rows[to]
    if (target) goTo(target.id)
    else if (!press(event.key.toLowerCase(), row)) return
    event.preventDefault()
  }

  function press(key: string, row: TranscriptRow): boolean {
    const { message } = row
    if (!message) return false
    if (key === 'c') void copyText(message.text, row.type === 'user' ? 'Message copied' : 'Reply copied')
    else if (key === 'r' && row.type === 'reply' && store.getState().engine.type === 'ready') void actions.regenerate(row.id)
    else if (key === 'e' && row.type === 'user') setEditing(row.id)
    else if (key === 'i' && row.type === 'reply') openReceipt(row.id)
    else if (key === 'arrowleft' || key === 'arrowright') return showVersion(row.id, key === 'arrowright' ? 1 : -1)
    else return false
    return true
  }

  function showVersion(id: MessageId, step: number): boolean {
    const siblings = store.getState().open?.siblings[id]
    const target = siblings?.[siblings.indexOf(id) + step]
    if (target) void actions.showSibling(target)
    return target !== undefined
  }
}
