import { create } from 'zustand'
import type { PlanChange } from '#context/assemble-with.ts'
import type { PlanTarget } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'

/** What the panel beside the conversation shows. `focus`: what is to be brought into view, a section's name or an item's ref (`R2`). */
export type OpenReceipt =
  | { readonly view: 'receipt'; readonly replyId: MessageId; readonly focus?: string; readonly threeWays?: true }
  /** The prompt that would be sent, with changes that are looked at before they are applied. */
  | { readonly view: 'plan'; readonly target: PlanTarget; readonly changes: readonly PlanChange[]; readonly focus?: string }
  | { readonly view: 'compare'; readonly before: MessageId; readonly after: MessageId }
  | { readonly view: 'tape' }

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
  useShell.setState({ receipt: { view: 'receipt', replyId, ...(focus === undefined ? {} : { focus }) } })
}

/** Opens the receipt of a reply and has its question answered three ways. */
export function openThreeWays(replyId: MessageId): void {
  useShell.setState({ receipt: { view: 'receipt', replyId, threeWays: true } })
}

/** Opens the plan of the next prompt, or of a reply made again. */
export function openPlan(target: PlanTarget, changes: readonly PlanChange[] = [], focus?: string): void {
  useShell.setState({ receipt: { view: 'plan', target, changes, ...(focus === undefined ? {} : { focus }) } })
}

export function openCompare(before: MessageId, after: MessageId): void {
  useShell.setState({ receipt: { view: 'compare', before, after } })
}

export function openTape(): void {
  useShell.setState({ receipt: { view: 'tape' } })
}

/** The reply whose receipt is open. */
export function shownReply({ receipt }: ShellState): MessageId | undefined {
  return receipt?.view === 'receipt' ? receipt.replyId : undefined
}

export function closeReceipt(): void {
  useShell.setState({ receipt: undefined })
}
