import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { useActions, useLonghandStore } from '#ui/longhand-context.tsx'
import { closeReceipt, openDialog, openReceipt, setDrawerOpen, setRailHidden, useShell } from './shell-state.ts'
import { useNewChat } from './use-new-chat.ts'

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** Whether a dialog, menu or drawer is open: it then owns the keyboard. */
function isCovered(): boolean {
  return document.querySelector('dialog[open], [popover="auto"]:popover-open') !== null
}

/** The keys that work everywhere in the window; the sheet behind `?` lists them. */
export function useShortcuts(): void {
  const actions = useActions()
  const store = useLonghandStore()
  const newChat = useNewChat()
  useEffect(() => {
    const whenFree = (run: () => void) => (event: KeyboardEvent) => {
      if (isCovered()) return
      event.preventDefault()
      run()
    }
    const whenNotTyping = (run: () => void) => (event: KeyboardEvent) => {
      if (!isTyping(event)) whenFree(run)(event)
    }
    return tinykeys(window, {
      '$mod+Shift+KeyO': whenFree(() => newChat()),
      '$mod+KeyK': whenFree(() => openDialog('search')),
      '$mod+KeyB': whenFree(() => setRailHidden(!useShell.getState().railHidden)),
      '$mod+KeyI': whenFree(() => toggleReceipt()),
      '/': whenNotTyping(() => document.querySelector<HTMLElement>('[data-composer]')?.focus()),
      'Shift+?': whenNotTyping(() => openDialog('shortcuts')),
      '?': whenNotTyping(() => openDialog('shortcuts')),
      Escape: (event) => {
        if (isCovered() || event.defaultPrevented) return
        closeNearest()
      },
    })

    function toggleReceipt() {
      if (useShell.getState().receipt) return closeReceipt()
      const reply = store.getState().open?.messages.findLast(({ role }) => role === 'assistant')
      if (reply) openReceipt(reply.id)
    }

    /** What is nearest to the eye goes first: the panel with focus, then the running reply, then an open panel. */
    function closeNearest() {
      const { open, live } = store.getState()
      const { receipt } = useShell.getState()
      setDrawerOpen(false)
      if (receipt && document.activeElement?.closest('[data-receipt]')) closeReceipt()
      else if (open && live[open.conversation.id]) actions.stop()
      else if (receipt) closeReceipt()
    }
  }, [actions, store, newChat])
}
