import type { Message, Thought } from '#chat/message.ts'
import { type ItemFacts, type ItemSeed, writePart } from './part-writer.ts'
import type { ChatTemplate, PromptPart } from './template.ts'

type Writer = ReturnType<typeof writePart>
export type Reply = Pick<Message, 'text' | 'thought'>

/**
 * Writes the opening of the assistant's turn and a reply as it was written there, its thought included: what stands in the
 * KV cache after it (rule C46). Without a reply, what one begins with. Gives the item of its words, which leave out the thought.
 */
export function writeReply(
  writer: Writer,
  template: ChatTemplate,
  reply: Reply | undefined,
  facts?: ItemFacts,
): ItemSeed | undefined {
  const { thought: marks, assistant } = template
  const thought = reply?.thought
  const item = () => (reply && facts && reply.text !== '' ? writer.words(reply.text, facts) : undefined)
  if (!marks || (reply && !thought)) {
    writer.mark(assistant.before)
    return item()
  }
  writer.mark(assistant.before + marks.open)
  if (!thought) return undefined
  writer.aside(thought.text)
  if (isClosing(thought.end, marks.close)) writer.mark(thought.end)
  else writer.aside(thought.end)
  return item()
}

/** What a reply and its opening are in a prompt, as text. */
export function sentReply(template: ChatTemplate, reply: Reply | undefined): string {
  const writer = writePart(template)
  writeReply(writer, template, reply, { kind: 'message', key: '', evidence: [], why: '' })
  return writer.finish('reply').part.text
}

/** A prompt that ends within a thought, with the thought that was then written: what the reply's words stand after. */
export function afterThought(prompt: readonly PromptPart[], thought: Thought | undefined): readonly PromptPart[] {
  const last = prompt.at(-1)
  if (!last || !thought || last.text.includes(thought.end)) return prompt
  return [...prompt.slice(0, -1), { ...last, text: last.text + thought.text + thought.end }]
}

/** Only the template's own mark and white space: nothing else may stand unbroken. */
const isClosing = (end: string, close: string) => end.startsWith(close) && end.slice(close.length).trim() === ''
