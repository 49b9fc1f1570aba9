import type { MessageId } from '#shared/ids.ts'

/** Gives the focus to a message, once it is drawn: a virtual list draws it some frames after it was asked to. */
export function focusMessage(id: MessageId, tries = 10): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(id)}"]`)
    if (element) element.focus({ preventScroll: true })
    else if (tries > 0) focusMessage(id, tries - 1)
  })
}
