import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { Actions } from '#runtime/actions.ts'
import { indexImported } from '#runtime/index-imported.ts'
import type { JobRunner } from '#runtime/job-runner.ts'
import { attempt, type Runtime } from '#runtime/runtime.ts'
import type { ConversationId } from '#shared/ids.ts'

/**
 * Most tokens of the newest turns and of what is recalled in the example's prompts. With all turns in the window memory would
 * have nothing to do, and on a processor each token is waited for.
 */
export const exampleBudgets = { turns: 400, recalled: 240 } as const

const dayMs = 86_400_000
const replyAfterMs = 40_000
const turnEveryMs = 300_000

/**
 * The example conversation: made as an import makes one, kept like any other, and gone with all that came of it when it is
 * deleted. Its replies name no model, since none wrote them.
 */
export function exampleActions(runtime: Runtime, jobs: JobRunner): Pick<Actions, 'openExample'> {
  const { services, store } = runtime

  async function make(): Promise<Conversation> {
    const { exampleTalk, exampleTitle } = await import('./example-talk.ts')
    const id = services.newId('conv')
    const now = services.clock.now()
    const messages: Message[] = []
    const say = (role: Message['role'], text: string, createdAt: number) => {
      const parentId = messages.at(-1)?.id
      const common = { id: services.newId('msg'), conversationId: id, role, text, createdAt, status: 'complete' } as const
      messages.push({ ...common, ...(parentId === undefined ? {} : { parentId }) })
    }
    for (const [index, { daysAgo, you, reply }] of exampleTalk.entries()) {
      const at = now - daysAgo * dayMs - (exampleTalk.length - index) * turnEveryMs
      say('user', you, at)
      say('assistant', reply, at + replyAfterMs)
    }
    const headId = messages.at(-1)?.id
    const conversation: Conversation = {
      id,
      title: exampleTitle,
      titledBy: 'user',
      createdAt: messages[0]?.createdAt ?? now,
      updatedAt: messages.at(-1)?.createdAt ?? now,
      pinned: false,
      memory: true,
      wishes: { hidden: [], pinned: [], budgets: exampleBudgets, weights: {} },
      messageCount: messages.length,
      example: true,
      ...(headId ? { headId } : {}),
    }
    const batch = [{ conversation, messages }]
    await services.storage.chat.importConversations(batch)
    await indexImported(runtime, batch)
    // Its summary is made by rules, as at the end of an epoch.
    if (headId) await jobs.enqueue('consolidate', id, `consolidate:${headId}:asked`, { headId, asked: true })
    return conversation
  }

  let making: Promise<Conversation> | undefined
  return {
    async openExample() {
      let id: ConversationId | undefined
      await attempt(runtime, async () => {
        const known = store.getState().conversations.find(({ example }) => example)
        making ??= known ? Promise.resolve(known) : make()
        id = (await making).id
      })
      making = undefined
      return id
    },
  }
}
