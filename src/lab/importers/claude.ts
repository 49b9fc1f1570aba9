import * as z from 'zod/mini'
import { titleFromText } from '#chat/title.ts'
import { growTree, type SourceNode } from './grow-tree.ts'
import type { ImportedMessage, Intake, Place } from './imported.ts'
import { within } from './imported.ts'
import { isBlank, readShape } from './read-shape.ts'

const conversationShape = z.object({
  uuid: z.string(),
  name: z.optional(z.nullable(z.string())),
  created_at: z.optional(z.nullable(z.string())),
  chat_messages: z.array(z.unknown()),
})
const fileShape = z.looseObject({
  file_name: z.optional(z.nullable(z.string())),
  extracted_content: z.optional(z.nullable(z.string())),
})
const messageShape = z.object({
  uuid: z.string(),
  sender: z.enum(['human', 'assistant']),
  text: z.optional(z.nullable(z.string())),
  content: z.optional(z.nullable(z.array(z.looseObject({ type: z.string() })))),
  created_at: z.optional(z.nullable(z.string())),
  parent_message_uuid: z.optional(z.nullable(z.string())),
  attachments: z.optional(z.nullable(z.array(fileShape))),
  files: z.optional(z.nullable(z.array(fileShape))),
})
const projectShape = z.object({
  uuid: z.string(),
  name: z.string(),
  created_at: z.optional(z.nullable(z.string())),
  prompt_template: z.optional(z.nullable(z.string())),
  docs: z.optional(z.nullable(z.array(z.unknown()))),
})
const docShape = z.object({
  uuid: z.string(),
  filename: z.string(),
  content: z.string(),
  created_at: z.optional(z.nullable(z.string())),
})

/** Whether a value may be a conversation of a Claude export. */
export function isClaudeConversation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'chat_messages' in value
}

/** Whether a value may be a project of a Claude export. */
export function isClaudeProject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'docs' in value && 'prompt_template' in value
}

/**
 * A conversation of `conversations.json` in Claude's data export (Settings, Privacy; the format is not published, and was read
 * from exports). Where messages name the one they answer, branches are kept. Tool calls and thoughts are left out and counted;
 * files are named in the text, with what was read from them.
 */
export function readClaudeConversation(value: unknown, place: Place, intake: Intake): void {
  const conversation = readShape(conversationShape, value, place, intake)
  if (!conversation) return
  const key = `claude/${conversation.uuid}`
  const nodes: SourceNode[] = []
  const taken = new Set<string>()
  let at = timeOf(conversation.created_at)
  for (const [index, entry] of conversation.chat_messages.entries()) {
    const where = within(place, `message ${index + 1}`)
    const source = readShape(messageShape, entry, where, intake)
    if (!source) continue
    at = timeOf(source.created_at) ?? at
    const why = taken.has(source.uuid) ? `message ${source.uuid} stands twice` : at === undefined ? 'has no time' : undefined
    if (why !== undefined || at === undefined) {
      intake.problem({ ...where, why: why ?? '' })
      continue
    }
    taken.add(source.uuid)
    const text = textOf(source, intake)
    if (isBlank(text)) intake.skip('empty messages')
    const message: ImportedMessage | undefined = isBlank(text)
      ? undefined
      : { key: `${key}/${source.uuid}`, role: source.sender === 'human' ? 'user' : 'assistant', text, at }
    nodes.push({ key: source.uuid, parent: source.parent_message_uuid ?? nodes.at(-1)?.key, message })
  }
  const { messages, unreachable } = growTree(nodes)
  if (unreachable > 0) intake.problem({ ...place, why: `${unreachable} of its messages are their own ancestors` })
  const [first] = messages
  if (!first) {
    intake.skip('conversations without a message')
    return
  }
  const newest = messages.reduce((latest, message) => (message.at >= latest.at ? message : latest), first)
  intake.conversation({ key, title: conversation.name?.trim() || titleFromText(first.text), messages, headKey: newest.key })
}

/** The blocks hold the text as it was; `text` also names what an old app could not show. */
function textOf({ text, content, attachments, files }: z.infer<typeof messageShape>, intake: Intake): string {
  const blocks = (content ?? []).flatMap((block) => {
    if (block.type === 'text') return typeof block.text === 'string' ? [block.text] : []
    intake.skip(
      block.type === 'thinking' ? 'thoughts of the model' : block.type === 'image' ? 'images' : 'messages to and of tools',
    )
    return block.type === 'image' ? ['[image]'] : []
  })
  const said = content && content.length > 0 ? blocks : [text ?? '']
  const named = [...(attachments ?? []), ...(files ?? [])].map((file) => {
    const title = `[file: ${file.file_name || 'without a name'}]`
    return file.extracted_content ? `${title}\n${file.extracted_content}` : title
  })
  return [...said, ...named].filter((part) => !isBlank(part)).join('\n\n')
}

/** A project of Claude's export: its instructions and documents, as what the user said in a conversation of its name. */
export function readClaudeProject(value: unknown, place: Place, intake: Intake): void {
  const project = readShape(projectShape, value, place, intake)
  if (!project) return
  const key = `claude/project/${project.uuid}`
  const begun = timeOf(project.created_at)
  if (begun === undefined) {
    intake.problem({ ...place, why: 'has no time' })
    return
  }
  const parts: Omit<ImportedMessage, 'parentKey' | 'role'>[] = []
  if (project.prompt_template && !isBlank(project.prompt_template))
    parts.push({ key: `${key}/instructions`, text: project.prompt_template, at: begun })
  for (const [index, entry] of (project.docs ?? []).entries()) {
    const doc = readShape(docShape, entry, within(place, `document ${index + 1}`), intake)
    if (doc)
      parts.push({
        key: `${key}/${doc.uuid}`,
        text: `[file: ${doc.filename}]\n${doc.content}`,
        at: timeOf(doc.created_at) ?? begun,
      })
  }
  const messages = parts.map((part, index): ImportedMessage => {
    const before = parts[index - 1]
    return { ...part, role: 'user', ...(before ? { parentKey: before.key } : {}) }
  })
  if (messages.length === 0) {
    intake.skip('projects without content')
    return
  }
  intake.conversation({ key, title: `Project ${project.name}`, messages })
}

function timeOf(text: string | null | undefined): number | undefined {
  const at = Date.parse(text ?? '')
  return Number.isFinite(at) ? at : undefined
}
