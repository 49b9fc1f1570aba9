import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { History, Question } from '../memory/read-sets.ts'

/** A history as one conversation: its sittings one after another, as if they had been held in it. */
export type Branch = { readonly conversation: Conversation; readonly messages: readonly Message[] }

export function oneBranch({ conversations }: History): Branch {
  const id = conversations[0]?.id ?? 'conv:none'
  const said = conversations.flatMap(({ messages }) => messages).sort((a, b) => a.createdAt - b.createdAt)
  const messages = said.map(({ parentId: _parent, ...message }, index): Message => {
    const before = said[index - 1]
    return { ...message, conversationId: id, ...(before && { parentId: before.id }) }
  })
  const [first, last] = [messages[0], messages.at(-1)]
  return {
    messages,
    conversation: {
      id,
      title: conversations[0]?.title ?? '',
      titledBy: 'user',
      createdAt: first?.createdAt ?? 0,
      updatedAt: last?.createdAt ?? 0,
      pinned: false,
      ...(last && { headId: last.id }),
      memory: true,
      messageCount: messages.length,
    },
  }
}

/** A question whose answer stands in messages that are named. */
export type Fact = Question & { readonly answer: string }

export const factsOf = ({ questions }: History): readonly Fact[] =>
  questions.flatMap((question) =>
    question.answer !== undefined && question.gold.length > 0 && !question.abstain
      ? [{ ...question, answer: question.answer }]
      : [],
  )
