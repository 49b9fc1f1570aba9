import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { titleFromText } from '#chat/title.ts'
import type { MessageId } from '#shared/ids.ts'
import type { Actions } from './actions.ts'
import type { Answerer } from './answer.ts'
import type { ConversationView } from './conversation-view.ts'
import type { JobRunner } from './job-runner.ts'
import type { Preview } from './preview.ts'
import { problemOf } from './problems.ts'
import { attempt, type Runtime, repositoryOf } from './runtime.ts'

type MessageActions = Pick<
  Actions,
  'send' | 'stop' | 'regenerate' | 'edit' | 'continueReply' | 'showSibling' | 'setDraft' | 'loadManifest' | 'showMessage'
>

export function messageActions(
  runtime: Runtime,
  view: ConversationView,
  answerer: Answerer,
  jobs: JobRunner,
  preview: Preview,
): MessageActions {
  const { services, store } = runtime
  let askedToPersist = false

  /** The reply is made by the tab that owns the model, here or elsewhere. */
  function requestAnswer(conversation: Conversation, userMessageId: MessageId, continues?: MessageId): void {
    store.setState({ turnProblem: undefined })
    runtime.embedding.disturb()
    if (services.tabs.role() === 'owner' || conversation.temporary) {
      jobs.yield()
      void answerer.answer(conversation, userMessageId, continues)
    } else {
      const command = { type: 'answer', conversationId: conversation.id, userMessageId } as const
      services.tabs.command(continues ? { ...command, continues } : command)
    }
  }

  /** Commits a user message before anything else happens to it; false when that failed. */
  async function commit(conversation: Conversation, message: Message): Promise<boolean> {
    const repository = repositoryOf(runtime, conversation)
    const isNew = conversation.messageCount === 0
    store.setState(({ saving }) => ({ saving: { ...saving, [conversation.id]: message } }))
    try {
      const titled = isNew && conversation.titledBy === 'rule' && !conversation.temporary
      const stored = titled ? { ...conversation, title: titleFromText(message.text) } : conversation
      await repository.addMessage(message, isNew ? stored : undefined)
      const now = (await repository.getConversation(conversation.id)) ?? stored
      await view.open(now)
      // The tab that answers takes it in once its prompt is laid: memory is asked without the question in it, as the preview asks.
      if (!conversation.temporary && services.tabs.role() !== 'owner') await services.retrieval.add([message])
      if (isNew && !conversation.temporary) await services.retrieval.setTitle(now.id, now.title)
      return true
    } catch (error) {
      const problem = problemOf(error)
      store.setState({ turnProblem: { conversationId: conversation.id, problem } })
      if (problem.type === 'storage/outdated-tab') store.setState({ outdated: true })
      return false
    } finally {
      store.setState(({ saving }) => {
        const { [conversation.id]: _saved, ...others } = saving
        return { saving: others }
      })
      if (!askedToPersist) {
        askedToPersist = true
        void services.browserStorage
          .persist()
          .then((persisted) => store.setState((s) => ({ storage: { ...s.storage, persisted } })))
      }
    }
  }

  function userMessage(conversation: Conversation, text: string, parentId: MessageId | undefined): Message {
    return {
      id: services.newId('msg'),
      conversationId: conversation.id,
      role: 'user',
      text,
      createdAt: services.clock.now(),
      status: 'complete',
      ...(parentId ? { parentId } : {}),
    }
  }

  async function say(conversation: Conversation, text: string, parentId: MessageId | undefined): Promise<boolean> {
    if (text.trim() === '' || store.getState().live[conversation.id] || store.getState().saving[conversation.id]) return false
    const message = userMessage(conversation, text, parentId)
    if (!(await commit(conversation, message))) return false
    const now = store.getState().open?.conversation
    requestAnswer({ ...(now?.id === conversation.id ? now : conversation), headId: message.id }, message.id)
    return true
  }

  async function find(id: MessageId): Promise<{ conversation: Conversation; message: Message } | undefined> {
    const open = store.getState().open
    if (!open) return undefined
    const message =
      open.messages.find((shown) => shown.id === id) ?? (await repositoryOf(runtime, open.conversation).getMessage(id))
    return message && { conversation: open.conversation, message }
  }

  return {
    async send(text) {
      const conversation = store.getState().open?.conversation
      return conversation ? say(conversation, text, conversation.headId) : false
    },
    stop() {
      const conversationId = store.getState().open?.conversation.id
      if (!conversationId) return
      answerer.stop(conversationId)
      if (services.tabs.role() === 'follower') services.tabs.command({ type: 'stop', conversationId })
    },
    async regenerate(id) {
      await attempt(runtime, async () => {
        const found = await find(id)
        const userMessageId = found?.message.role === 'user' ? found.message.id : found?.message.parentId
        if (found && userMessageId) requestAnswer(found.conversation, userMessageId)
      })
    },
    async edit(messageId, text) {
      const found = await find(messageId)
      return found ? say(found.conversation, text, found.message.parentId) : false
    },
    async continueReply(replyId) {
      await attempt(runtime, async () => {
        const found = await find(replyId)
        if (found?.message.parentId) requestAnswer(found.conversation, found.message.parentId, replyId)
      })
    },
    async showSibling(messageId) {
      await attempt(runtime, async () => {
        const found = await find(messageId)
        if (!found) return
        const repository = repositoryOf(runtime, found.conversation)
        const headId = await repository.leafBelow(messageId)
        await repository.updateConversation(found.conversation.id, { headId })
        await view.refresh()
        preview.refresh()
      })
    },
    showMessage: (messageId) => view.loadUntil(messageId),
    setDraft(text) {
      runtime.embedding.disturb()
      preview.setDraft(text)
    },
    async loadManifest(replyId) {
      if (store.getState().manifests[replyId]) return
      await attempt(runtime, async () => {
        const open = store.getState().open
        const repository = open ? repositoryOf(runtime, open.conversation) : services.storage.chat
        const manifest = (await repository.getManifest(replyId)) ?? 'missing'
        store.setState(({ manifests }) => ({ manifests: { ...manifests, [replyId]: manifest } }))
      })
    },
  }
}
