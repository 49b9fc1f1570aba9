import type { Message, Thought } from '#chat/message.ts'
import { insideThought, splitThought, type ThoughtMarks } from '#context/split-thought.ts'
import type { PromptPart } from '#context/template.ts'
import type { Model } from '#ports/model.ts'

/** A reply as far as it is written. `thinking`: its thought goes on. */
export type Received = { readonly text: string; readonly thought?: Thought; readonly thinking: boolean }

/** The marks between which a model thinks, whether thinking is switched on or not. */
export const thoughtMarks = ({ template, thinks }: Model): ThoughtMarks | undefined =>
  template.thought ?? thinks?.template.thought

/**
 * Takes in what an engine writes to a prompt: where the prompt ends within a thought, what is written belongs to it until it
 * is closed. `continued`: the reply that the prompt goes on with; its thought, and the tokens and time of it, count on.
 */
export function receiveReply(
  marks: ThoughtMarks | undefined,
  prompt: readonly PromptPart[],
  continued?: Pick<Message, 'text' | 'thought'>,
) {
  const before = continued?.thought
  const inside = marks !== undefined && insideThought(marks, prompt.at(-1)?.text ?? '')
  let written = inside ? (before?.text ?? '') : (continued?.text ?? '')
  let thought: Thought | undefined = before
  let firstAt: number | undefined

  function divide(more: boolean, outputTokens: number, now: number): Received {
    if (!inside) return { text: written, thinking: false, ...(thought && { thought }) }
    const split = splitThought(written, marks, more)
    const closed = thought !== undefined && thought.end !== ''
    const tokens = closed ? thought?.tokens : (before?.tokens ?? 0) + outputTokens
    const ms = closed ? thought?.ms : (before?.ms ?? 0) + now - (firstAt ?? now)
    thought = { text: split.thought, end: split.end, tokens: tokens ?? 0, ms: ms ?? 0 }
    return { text: split.text, thought, thinking: split.end === '' }
  }
  let outputTokens = 0
  return {
    /** More text; so many tokens of it in all, at a moment in milliseconds. */
    push(text: string, tokens: number, now: number): Received {
      firstAt ??= now
      outputTokens = tokens
      written += text
      return divide(true, tokens, now)
    },
    /** Nothing more comes. */
    end: (now: number): Received => divide(false, outputTokens, now),
  }
}
