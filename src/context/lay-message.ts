import type { Message } from '#chat/message.ts'
import type { CountTokens, Shortenable } from './assemble-input.ts'
import { type CountedPart, countPart } from './attribute-tokens.ts'
import type { SectionName } from './manifest.ts'
import { type ItemSeed, writePart } from './part-writer.ts'
import type { ChatTemplate } from './template.ts'
import { writeReply } from './write-reply.ts'

/**
 * A message as a part of its own; its item has the tokens of the whole part. `written`: a reply of this epoch, which stands
 * with its thought.
 */
export function layMessage(
  template: ChatTemplate,
  message: Message & Shortenable,
  section: SectionName,
  why: string,
  count: CountTokens,
  written = false,
): CountedPart {
  const writer = writePart(template)
  const affix = template[message.role]
  let item: ItemSeed | undefined
  if (written && message.role === 'assistant') item = writeReply(writer, template, message, messageFacts(message, why))
  else {
    writer.mark(affix.before)
    item = writer.words(message.text, messageFacts(message, why))
  }
  writer.mark(affix.after)
  writer.piece(section, item)
  return countPart(writer.finish(message.role), count)
}

/** The opening of the assistant's turn, with the text to go on with. */
export function layReply(template: ChatTemplate, continued: Message | undefined, count: CountTokens): CountedPart {
  const writer = writePart(template)
  const item = writeReply(writer, template, continued, continued && messageFacts(continued, 'the reply to go on with'))
  writer.piece('message', item)
  return countPart(writer.finish('reply'), count)
}

export function messageFacts(message: Message & Shortenable, why: string) {
  const { id, conversationId, role, createdAt, text, shortened } = message
  return {
    kind: 'message' as const,
    key: id,
    role,
    at: createdAt,
    conversationId,
    messageId: id,
    evidence: [{ conversationId, messageId: id, from: 0, to: (shortened?.whole ?? text).length }],
    why,
    ...(shortened && { shortened }),
  }
}
