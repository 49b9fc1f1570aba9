import { begunAtEnd } from '#shared/begun-at-end.ts'
import type { ChatTemplate } from './template.ts'

export type ThoughtMarks = NonNullable<ChatTemplate['thought']>

/** What a model wrote, divided. `end` is empty while the thought goes on. */
export type SplitReply = { readonly thought: string; readonly end: string; readonly text: string }

/** Whether a text that is to be gone on with ends within a thought. Marks in words of users and models are broken up (rule C9). */
export function insideThought(marks: ThoughtMarks | undefined, opening: string): boolean {
  return marks !== undefined && opening.lastIndexOf(marks.open) >= 0 && !opening.includes(marks.close)
}

/**
 * Divides what was written from within a thought: the thought, what closed it with the white space after it, and the answer.
 * Joined they are the text again. `more`: it may go on, so that what may be the beginning of the mark is held back.
 */
export function splitThought(written: string, { close }: ThoughtMarks, more: boolean): SplitReply {
  const at = written.indexOf(close)
  if (at < 0)
    return { thought: more ? written.slice(0, written.length - begunAtEnd(written, close)) : written, end: '', text: '' }
  const gap = /^\s*/.exec(written.slice(at + close.length))?.[0] ?? ''
  const textAt = at + close.length + gap.length
  return { thought: written.slice(0, at), end: written.slice(at, textAt), text: written.slice(textAt) }
}
