import type { MessageId } from '#shared/ids.ts'

/**
 * What the shell gives to the receipt. The shell draws the frame, the complementary region "Receipt" (a column, floating
 * or a sheet); the panel fills it as a flex column: header, scrolling body, footer.
 */
export type ReceiptPanelProps = {
  readonly replyId: MessageId
  /** A section's name or an item's ref to open and bring into view. */
  readonly focus?: string
  /** Its question is answered three ways at once. */
  readonly threeWays?: boolean
  /** Replies before and after this one on the branch shown; absent at its ends. */
  readonly previousId?: MessageId
  readonly nextId?: MessageId
  readonly onShow: (replyId: MessageId) => void
  readonly onClose: () => void
}
