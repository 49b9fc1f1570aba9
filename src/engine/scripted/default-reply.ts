import type { PromptPart } from '#context/template.ts'

const marks = /<\|im_start\|>\w*\n?|<\|im_end\|>\n?/g

/** A part's text without the template's marks. */
function inner(part: PromptPart): string {
  return part.text.replace(marks, '').trim()
}

/**
 * The scripted engine's reply where a test gives none: plain sentences that depend only on the prompt and repeat what the
 * last user part held, so that a test can see what reached the engine.
 */
export function defaultReply(prompt: readonly PromptPart[]): string {
  const users = prompt.filter((part) => part.role === 'user')
  const last = users.at(-1)
  const told = last ? inner(last) : ''
  const words = told.split(/\s+/).filter((word) => word !== '')
  return [
    `You told me: ${told}`,
    '',
    `Your message has ${words.length} ${words.length === 1 ? 'word' : 'words'}.`,
    `It is number ${users.length} of those that stand in the window.`,
    words.length > 0 ? `It begins with "${words[0]}" and ends with "${words.at(-1)}".` : 'It is empty.',
    'I answer by a rule and not by a model, so the same prompt always gets this same answer.',
  ].join('\n')
}
