import * as z from 'zod/mini'
import { titleFromText } from '#chat/title.ts'
import { growTree, type SourceNode } from './grow-tree.ts'
import type { ImportedMessage, Intake, Place } from './imported.ts'
import { within } from './imported.ts'
import { isBlank, readShape } from './read-shape.ts'
import { readMemoryLines } from './remembered.ts'

const program = 'ChatGPT'

const conversationShape = z.object({
  conversation_id: z.optional(z.nullable(z.string())),
  id: z.optional(z.nullable(z.string())),
  title: z.optional(z.nullable(z.string())),
  create_time: z.optional(z.nullable(z.number())),
  mapping: z.record(z.string(), z.unknown()),
  current_node: z.optional(z.nullable(z.string())),
})
const nodeShape = z.object({ parent: z.optional(z.nullable(z.string())), message: z.optional(z.unknown()) })
const messageShape = z.object({
  author: z.object({ role: z.string() }),
  create_time: z.optional(z.nullable(z.number())),
  content: z.looseObject({ content_type: z.string() }),
  recipient: z.optional(z.nullable(z.string())),
  metadata: z.optional(z.nullable(z.looseObject({}))),
})
type SourceMessage = z.infer<typeof messageShape>

/** Whether a value may be a conversation of a ChatGPT export. */
export function isChatGptConversation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'mapping' in value && !Array.isArray(value)
}

/**
 * A conversation of `conversations.json` in ChatGPT's data export (Settings, Data controls; the format is not published, and
 * was read from exports). Its tree is kept: edited and regenerated messages become versions of each other. Messages of the
 * system, of tools, to tools and hidden ones are left out and counted; what was remembered of the user then is taken along.
 */
export function readChatGptConversation(value: unknown, place: Place, intake: Intake): void {
  const conversation = readShape(conversationShape, value, place, intake)
  if (!conversation) return
  const begun = toMs(conversation.create_time)
  const key = `chatgpt/${conversation.conversation_id ?? conversation.id ?? `${conversation.create_time} ${conversation.title}`}`
  const nodes: SourceNode[] = []
  let at = begun
  for (const [name, entry] of Object.entries(conversation.mapping)) {
    const where = within(place, `message ${name}`)
    const node = readShape(nodeShape, entry, where, intake)
    if (!node) continue
    const source = node.message === null ? undefined : node.message && readShape(messageShape, node.message, where, intake)
    // Where a time is missing the message stands with the one before it in the file.
    at = toMs(source?.create_time) ?? at
    const message = source && at !== undefined ? readMessage(`${key}/${name}`, source, at, intake) : undefined
    if (source && at === undefined) intake.problem({ ...where, why: 'has no time, and neither has its conversation' })
    nodes.push({ key: name, parent: node.parent ?? undefined, message })
  }
  const { messages, nearest, unreachable } = growTree(nodes)
  if (unreachable > 0) intake.problem({ ...place, why: `${unreachable} of its messages are their own ancestors` })
  const [first] = messages
  if (!first) {
    intake.skip('conversations without a message')
    return
  }
  const headKey = conversation.current_node ? nearest(conversation.current_node) : undefined
  const title = conversation.title?.trim() || titleFromText(first.text)
  intake.conversation({ key, title, messages, ...(headKey === undefined ? {} : { headKey }) })
}

function readMessage(key: string, source: SourceMessage, at: number, intake: Intake): ImportedMessage | undefined {
  const { author, content, metadata, recipient } = source
  if (content.content_type === 'model_editable_context') {
    const remembered = content.model_set_context
    if (typeof remembered === 'string') readMemoryLines(remembered, { program, at, key: `${program}/memory` }, intake)
    intake.skip('messages of the system')
    return undefined
  }
  const kind = leftOut(author.role, content.content_type, metadata?.is_visually_hidden_from_conversation === true, recipient)
  if (kind) intake.skip(kind)
  if (kind || (author.role !== 'user' && author.role !== 'assistant')) return undefined
  const text = textOf(content)
  if (isBlank(text)) {
    intake.skip('empty messages')
    return undefined
  }
  return { key, role: author.role, text, at }
}

/** The kind of message that is not part of the conversation as people saw it; undefined for those that are. */
function leftOut(role: string, type: string, hidden: boolean, recipient: string | null | undefined): string | undefined {
  if (role === 'tool') return 'messages of tools'
  if (role !== 'user' && role !== 'assistant') return 'messages of the system'
  if (hidden || type === 'user_editable_context') return 'hidden messages'
  if (type === 'thoughts' || type === 'reasoning_recap') return 'thoughts of the model'
  return role === 'assistant' && typeof recipient === 'string' && recipient !== 'all' ? 'messages to tools' : undefined
}

/** The text of a message; a part that is no text is named in its place. */
function textOf(content: SourceMessage['content']): string {
  if (typeof content.text === 'string') return content.text
  const parts = Array.isArray(content.parts) ? content.parts : []
  return parts.map(partText).filter(Boolean).join('\n\n')
}

function partText(part: unknown): string {
  if (typeof part === 'string') return part
  if (typeof part !== 'object' || part === null) return ''
  const { content_type: type, text } = part as { readonly content_type?: unknown; readonly text?: unknown }
  if (typeof text === 'string') return text
  const name = typeof type === 'string' ? type : ''
  if (name.includes('image')) return '[image]'
  if (name.includes('audio')) return '[audio]'
  return name.includes('video') ? '[video]' : '[file]'
}

function toMs(seconds: number | null | undefined): number | undefined {
  return typeof seconds === 'number' && seconds > 0 ? Math.round(seconds * 1000) : undefined
}
