import type { Conversation } from './conversation.ts'
import type { Message } from './message.ts'

/** The shown branch as Markdown, readable anywhere. */
export function conversationMarkdown(conversation: Conversation, path: readonly Message[]): string {
  const parts = path.map((message) => {
    const who = message.speaker ?? (message.role === 'user' ? 'You' : 'Assistant')
    const state = message.status === 'complete' ? '' : ` (${message.status})`
    return `## ${who}${state}\n\n_${new Date(message.createdAt).toISOString()}_\n\n${message.text.trim()}\n`
  })
  return `# ${conversation.title}\n\n${parts.join('\n')}`
}

/** Every message of every branch, as data: `{ format, version, conversation, messages }`. */
export function conversationJson(conversation: Conversation, messages: readonly Message[]): string {
  return JSON.stringify({ format: 'longhand.conversation', version: 1, conversation, messages }, undefined, 2)
}
