import { create } from 'zustand'
import type { MessageId } from '#shared/ids.ts'

/** Which receipt is open, and what in it is to be brought into view: a section's name or an item's ref (`R2`). */
export type OpenReceipt = { readonly replyId: MessageId; readonly focus?: string }

/** What the window shows beside the conversation; lost on reload but for the rail. */
export type ShellState = {
  readonly railHidden: boolean
  readonly drawerOpen: boolean
  readonly dialog: 'search' | 'shortcuts' | undefined
  readonly receipt: OpenReceipt | undefined
}

const railKey = 'longhand.rail-hidden'

export const useShell = create<ShellState>()(() => ({
  railHidden: localStorage.getItem(railKey) === 'true',
  drawerOpen: false,
  dialog: undefined,
  receipt: undefined,
}))

export function setRailHidden(railHidden: boolean): void {
  localStorage.setItem(railKey, String(railHidden))
  useShell.setState({ railHidden })
}

export function setDrawerOpen(drawerOpen: boolean): void {
  useShell.setState({ drawerOpen })
}

export function openDialog(dialog: ShellState['dialog']): void {
  useShell.setState({ dialog, drawerOpen: false })
}

/** Opens the receipt of a reply, or brings another part of it into view. */
export function openReceipt(replyId: MessageId, focus?: string): void {
  useShell.setState({ receipt: focus === undefined ? { replyId } : { replyId, focus } })
}

export function closeReceipt(): void {
  useShell.setState({ receipt: undefined })
}
