import type { Conversation } from '#chat/conversation.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

/** An empty conversation, when there have been others. */
export function EmptyChat({ conversation }: { readonly conversation: Conversation }) {
  const others = useLonghand((state) => state.conversations.filter(({ example }) => !example).length)
  const everywhere = useLonghand((state) => state.settings.memory)
  const [title, words] = conversation.temporary
    ? [
        'A temporary chat',
        'Nothing of it is stored, and it reads and writes no memory. It is gone when you leave or reload the page.',
      ]
    : conversation.memory && everywhere
      ? [
          'A new conversation',
          `What was said in ${others === 1 ? 'the other one' : `the other ${others}`} is recalled where it helps. The line under each reply says what was.`,
        ]
      : ['A new conversation', 'Memory is off: nothing from other conversations is read, and none of them will read this one.']
  return (
    <div className="thin-scroll flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="m-auto w-full max-w-[calc(var(--container-measure)+5.5rem)] py-10 pr-6 pl-16 phone:px-4">
        <h2 className="text-xl font-semibold tracking-[-0.02em]">{title}</h2>
        <p className="mt-1 max-w-120 text-ink-2">{words}</p>
      </div>
    </div>
  )
}
