import type { Message } from '#chat/message.ts'

/** What the index keeps of a message besides its columns. */
export type StoredMessage = Pick<Message, 'id' | 'conversationId' | 'role' | 'speaker' | 'text' | 'createdAt' | 'parentId'>
