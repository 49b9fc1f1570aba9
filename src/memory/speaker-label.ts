import type { Message } from '#chat/message.ts'

/** Who spoke, before the words in a prompt for the model: "User", with the name where an import tells it. */
export function speakerLabel({ role, speaker }: Pick<Message, 'role' | 'speaker'>): string {
  if (role === 'assistant') return 'Assistant'
  return speaker === undefined ? 'User' : `User (${speaker})`
}
