import type { Conversation } from '#chat/conversation.ts'
import { conversationJson, conversationMarkdown } from '#chat/export-conversation.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Actions } from './actions.ts'
import type { ConversationView } from './conversation-view.ts'
import type { JobRunner } from './job-runner.ts'
import type { Preview } from './preview.ts'
import { attempt, notify, type Runtime, repositoryOf } from './runtime.ts'

/** How long a deletion can be taken back. */
export const undoMs = 30_000

type ConversationActions = Pick<
  Actions,
  | 'newConversation'
  | 'openConversation'
  | 'loadEarlier'
  | 'rename'
  | 'setPinned'
  | 'setMemory'
  | 'setProfile'
  | 'setSources'
  | 'setJson'
  | 'setWishes'
  | 'profileCost'
  | 'deleteConversation'
  | 'restoreConversation'
  | 'exportConversation'
>

export function conversationActions(
  runtime: Runtime,
  view: ConversationView,
  jobs: JobRunner,
  preview: Preview,
): ConversationActions {
  const { services, store } = runtime
  const { chat } = services.storage

  async function reindex(id: ConversationId): Promise<void> {
    await services.retrieval.add(await chat.allMessages(id))
    const conversation = await chat.getConversation(id)
    if (conversation) await services.retrieval.setTitle(id, conversation.title)
  }

  async function restoreConversation(id: ConversationId): Promise<void> {
    await attempt(runtime, async () => {
      await chat.restoreConversation(id)
      await reindex(id)
    })
  }

  /** Changes a stored conversation, or the one that is not stored yet. */
  async function change(id: ConversationId, changes: Partial<Conversation>): Promise<void> {
    const open = store.getState().open
    const unsaved = open?.conversation.id === id && open.conversation.messageCount === 0
    await attempt(runtime, async () => {
      if (!unsaved) await repositoryOf(runtime, id).updateConversation(id, changes)
      const now = store.getState().open
      if (now?.conversation.id === id) store.setState({ open: { ...now, conversation: { ...now.conversation, ...changes } } })
      preview.refresh()
    })
  }

  return {
    newConversation(options) {
      const now = services.clock.now()
      const temporary = options?.temporary === true
      const conversation: Conversation = {
        id: services.newId('conv'),
        title: temporary ? 'Temporary chat' : 'New chat',
        titledBy: 'rule',
        createdAt: now,
        updatedAt: now,
        pinned: false,
        memory: !temporary,
        messageCount: 0,
        ...(temporary ? { temporary } : {}),
      }
      view.close()
      const open = { conversation, messages: [], complete: true, firstTurn: 1, siblings: {} }
      store.setState({ open, opening: false, preview: undefined })
      preview.refresh()
    },
    async openConversation(id) {
      if (store.getState().open?.conversation.id === id) return
      await attempt(runtime, async () => {
        const conversation = await repositoryOf(runtime, id).getConversation(id)
        if (!conversation || conversation.deletedAt !== undefined) {
          notify(runtime, { tone: 'bad', text: 'This conversation is not here any more. It may have been deleted.' })
          return
        }
        store.setState({ preview: undefined })
        await view.open(conversation)
        preview.refresh()
      })
    },
    loadEarlier: () => view.loadEarlier(),
    rename: (id, title) => change(id, { title: title.trim() || 'Untitled', titledBy: 'user' }),
    setPinned: (id, pinned) => change(id, { pinned }),
    setMemory: (id, memory) => change(id, { memory }),
    setProfile: (id, profile) => change(id, { profile }),
    setSources: (id, sources) => change(id, { sources }),
    setJson: (id, json) => change(id, { json }),
    setWishes: (id, wishes) => change(id, { wishes }),
    async profileCost() {
      const open = store.getState().open
      const reply = open?.messages.findLast(({ role }) => role === 'assistant')
      if (!open || !reply) return 0
      const manifest = await repositoryOf(runtime, open.conversation)
        .getManifest(reply.id)
        .catch(() => undefined)
      return manifest
        ? (manifest.actual?.inputTokens ?? manifest.predicted.inputTokens) + (manifest.actual?.outputTokens ?? 0)
        : 0
    },
    async deleteConversation(id) {
      await attempt(runtime, async () => {
        const conversation = await chat.getConversation(id)
        if (!conversation) return
        await chat.updateConversation(id, { deletedAt: services.clock.now() })
        await services.retrieval.removeConversation(id)
        if (store.getState().open?.conversation.id === id) view.close()
        await jobs.enqueue('purge', id, `purge:${id}:${services.clock.now()}`, {})
        notify(runtime, {
          tone: 'info',
          text: `“${conversation.title}” deleted. It can be brought back for 30 seconds.`,
          action: { label: 'Undo', run: () => void restoreConversation(id) },
        })
      })
    },
    restoreConversation,
    async exportConversation(id, format) {
      let blob: Blob | undefined
      await attempt(runtime, async () => {
        const repository = repositoryOf(runtime, id)
        const conversation = await repository.getConversation(id)
        if (!conversation?.headId) return
        if (format === 'json') {
          const text = conversationJson(conversation, await repository.allMessages(id))
          blob = new Blob([text], { type: 'application/json' })
        } else {
          const { messages } = await repository.pathTail(id, conversation.headId, Number.MAX_SAFE_INTEGER)
          blob = new Blob([conversationMarkdown(conversation, messages)], { type: 'text/markdown' })
        }
      })
      return blob
    },
  }
}
