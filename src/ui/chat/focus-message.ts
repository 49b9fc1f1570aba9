import type { MessageId } from '#shared/ids.ts'

/**
 * Gives the focus to a message, or to the control in it that has the name given, once it is drawn: a virtual list draws it
 * some frames after it was asked to.
 */
export function focusMessage(id: MessageId, control?: string, tries = 10): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(id)}"]`)
    const named = control && element?.querySelector<HTMLElement>(`:enabled[aria-label="${CSS.escape(control)}"]`)
    if (element) (named || element).focus({ preventScroll: true })
    else if (tries > 0) focusMessage(id, control, tries - 1)
  })
}
