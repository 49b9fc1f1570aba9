import type { KeyboardEvent } from 'react'

/**
 * Whether a key press sends: Enter by itself where Enter sends, else Enter with Shift; with Ctrl or Command always. Never
 * while an input method composes a word.
 */
export function isSendKey(event: KeyboardEvent, sendWithEnter: boolean): boolean {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return false
  if (event.ctrlKey || event.metaKey) return true
  return sendWithEnter ? !event.shiftKey : event.shiftKey
}
