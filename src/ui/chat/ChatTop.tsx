import { Braces, Brain, Ghost, ReceiptText } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { OpenConversation } from '#runtime/state.ts'
import { formatDay, formatPlural } from '#ui/kit/format.ts'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { PageBar } from '#ui/shell/PageBar.tsx'
import { RenameField } from '#ui/shell/RenameField.tsx'
import { closeReceipt, openReceipt, useShell } from '#ui/shell/shell-state.ts'
import { useNewChat } from '#ui/shell/use-new-chat.ts'

const ProfileDialog = lazy(async () => ({ default: (await import('./ProfileDialog.tsx')).ProfileDialog }))

const JsonDialog = lazy(async () => ({ default: (await import('./JsonDialog.tsx')).JsonDialog }))

/** Turns of a conversation, where they are known: all of it is loaded, or the number of the first loaded one is. */
function turnCount({ messages, firstTurn }: OpenConversation): number | undefined {
  if (firstTurn === undefined) return undefined
  return firstTurn - 1 + messages.filter(({ role }) => role === 'user').length
}

/** Title, size, and the switches of the conversation. */
export function ChatTop({ open }: { readonly open: OpenConversation | undefined }) {
  const newChat = useNewChat()
  const { rename } = useActions()
  const [renaming, setRenaming] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const [shaping, setShaping] = useState(false)
  const receiptOpen = useShell((state) => state.receipt !== undefined)
  const conversation = open?.conversation
  const stored = open !== undefined && open.messages.length > 0 && !open.conversation.temporary
  const turns = open && turnCount(open)
  const lastReply = open?.messages.findLast(({ role }) => role === 'assistant')
  const tools = (
    <>
      <IconButton
        icon={Ghost}
        label="Temporary chat"
        hint="it is not stored, and reads and writes no memory"
        aria-pressed={conversation?.temporary === true}
        onClick={() => newChat({ temporary: conversation?.temporary !== true })}
      />
      {conversation && !conversation.temporary && (
        <IconButton icon={Brain} label="Memory of this chat" hint="what is remembered here" onClick={() => setChoosing(true)} />
      )}
      {conversation && (
        <IconButton
          icon={Braces}
          label="Replies as JSON"
          hint="hold the model to a schema in this chat"
          aria-pressed={Boolean(conversation.json)}
          onClick={() => setShaping(true)}
        />
      )}
      {shaping && conversation && (
        <Suspense>
          <JsonDialog conversation={conversation} onClose={() => setShaping(false)} />
        </Suspense>
      )}
      {choosing && conversation && (
        <Suspense>
          <ProfileDialog conversation={conversation} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
      {lastReply && (
        <IconButton
          icon={ReceiptText}
          label={receiptOpen ? 'Hide the receipt' : 'Show the last receipt'}
          keys="Ctrl I"
          aria-pressed={receiptOpen}
          onClick={() => (receiptOpen ? closeReceipt() : openReceipt(lastReply.id))}
        />
      )}
    </>
  )
  if (renaming && conversation) {
    const field = (
      <div className="w-100 max-w-full">
        <RenameField
          title={conversation.title}
          onDone={(next, byKey) => {
            setRenaming(false)
            if (byKey) document.querySelector<HTMLElement>('[data-composer]')?.focus()
            if (next && next !== conversation.title) void rename(conversation.id, next)
          }}
        />
      </div>
    )
    return <PageBar title={field} tools={tools} />
  }
  const title = (
    <>
      <h1 className="min-w-0 truncate text-base font-semibold" onDoubleClick={() => stored && setRenaming(true)}>
        {conversation?.title ?? 'Longhand'}
      </h1>
      {stored && (
        <span className="ml-2 truncate text-xs text-ink-3 phone:hidden">
          {turns !== undefined && `${formatPlural(turns, 'turn')} · `}since {formatDay(conversation?.createdAt ?? 0, Date.now())}
        </span>
      )}
    </>
  )
  return <PageBar title={title} tools={tools} />
}
