import type { Message } from '#chat/message.ts'
import type { MemoryOp } from '#memory/memory.ts'
import { textHash } from '#shared/text-hash.ts'

/**
 * What another program remembered, as facts of the user: each is one message, quoted whole. The ids come from the messages',
 * so that a second import appends nothing new.
 */
export function factOps(messages: readonly Message[], at: number): readonly MemoryOp[] {
  return messages.map(({ id, conversationId, text, createdAt }): MemoryOp => {
    const evidence = [{ conversationId, messageId: id, from: 0, to: text.length }]
    const name = `import-${textHash(id)}`
    return {
      id: `op:${name}`,
      at,
      cause: { type: 'import' },
      type: 'add',
      memory: {
        id: `mem:${name}`,
        kind: 'fact',
        text,
        sentences: [{ text, evidence, speaker: 'user' }],
        evidence,
        madeBy: 'user',
        level: 0,
        foldedFrom: [],
        createdAt: at,
        validFrom: createdAt,
        pinned: false,
        retired: false,
        strength: 1,
      },
    }
  })
}
