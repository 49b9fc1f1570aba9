/** The conversation on the screen with its composer. */
export function ChatPage() {
  return <div className="flex min-h-0 flex-1 flex-col" />
}
