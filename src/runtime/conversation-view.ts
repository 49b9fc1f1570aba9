import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { summaryForPath } from '#memory/summary-for-path.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { type Runtime, repositoryOf } from './runtime.ts'
import type { OpenConversation } from './state.ts'

const pageSize = 50

/** Keeps the conversation on the screen in step with the disk, whichever tab writes. */
export interface ConversationView {
  open(conversation: Conversation): Promise<void>
  /** Reads the branch again, at least as far back as it is shown. */
  refresh(): Promise<void>
  loadEarlier(): Promise<void>
  /** Loads as far back as a message, to show it; false when it is not on the shown branch. */
  loadUntil(messageId: MessageId): Promise<boolean>
  close(): void
}

export function createConversationView(runtime: Runtime): ConversationView {
  const { store } = runtime
  let unsubscribe: () => void = () => {}
  let shown: ConversationId | undefined
  let turn = 0

  async function read(conversation: Conversation, limit: number): Promise<void> {
    const mine = ++turn
    const repository = repositoryOf(runtime, conversation)
    const current = (await repository.getConversation(conversation.id)) ?? conversation
    const tail = current.headId
      ? await repository.pathTail(current.id, current.headId, limit)
      : { messages: [] as readonly Message[], complete: true }
    const siblings = await repository.siblings(tail.messages)
    if (mine !== turn || shown !== conversation.id) return
    const summary = summaryForPath(runtime.memories, tail.messages)
    const firstTurn = firstTurnOf(current, tail.messages, tail.complete)
    const open: OpenConversation = {
      conversation: current,
      messages: tail.messages,
      complete: tail.complete,
      siblings,
      ...(firstTurn === undefined ? {} : { firstTurn }),
      ...(summary ? { summary } : {}),
    }
    store.setState({ open, opening: false })
  }

  const view: ConversationView = {
    async open(conversation) {
      unsubscribe()
      shown = conversation.id
      turn++
      if (store.getState().open?.conversation.id !== conversation.id) store.setState({ opening: true })
      const repository = repositoryOf(runtime, conversation)
      unsubscribe = repository.observeMessages(conversation.id, () => void view.refresh())
      await read(conversation, pageSize)
    },
    async refresh() {
      const open = store.getState().open
      if (open && open.conversation.id === shown) await read(open.conversation, Math.max(pageSize, open.messages.length + 2))
    },
    async loadEarlier() {
      const open = store.getState().open
      if (open && !open.complete) await read(open.conversation, open.messages.length + pageSize * 2)
    },
    async loadUntil(messageId) {
      for (;;) {
        const open = store.getState().open
        if (!open) return false
        if (open.messages.some(({ id }) => id === messageId)) return true
        if (open.complete) return false
        await read(open.conversation, open.messages.length * 4)
      }
    },
    close() {
      unsubscribe()
      shown = undefined
      turn++
      store.setState({ open: undefined, opening: false })
    },
  }
  return view
}

/** Turn numbers are known when the beginning is loaded, or when there are no side branches to mistake for turns. */
function firstTurnOf(conversation: Conversation, messages: readonly Message[], complete: boolean): number | undefined {
  if (complete) return 1
  const before = conversation.messageCount - messages.length
  return before % 2 === 0 ? before / 2 + 1 : undefined
}
