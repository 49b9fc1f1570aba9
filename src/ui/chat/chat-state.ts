import { create } from 'zustand'
import type { MessageId } from '#shared/ids.ts'

/** What the chat shows beside its messages; gone with the page. */
export type ChatState = {
  /** The message of yours whose words are being changed. */
  readonly editingId: MessageId | undefined
  /** Text put into the composer from elsewhere; the number tells one from the next. */
  readonly fill: { readonly text: string; readonly number: number }
}

export const useChatState = create<ChatState>()(() => ({ editingId: undefined, fill: { text: '', number: 0 } }))

export function setEditing(editingId: MessageId | undefined): void {
  useChatState.setState({ editingId })
}

/** Puts a text into the composer for the user to look at and send. */
export function fillComposer(text: string): void {
  useChatState.setState(({ fill }) => ({ fill: { text, number: fill.number + 1 } }))
}
