import fc from 'fast-check'
import { assemble } from '#context/assemble.ts'
import type { ChatTemplate, PromptPart } from '#context/template.ts'
import { firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { wellFormed } from '#engine/tokenizer/load-token-counter.ts'
import type { Model } from '#ports/model.ts'

/** What chat programs and their libraries are known to change on the way. */
const awkward = [
  ...['$$', '$&', "$'", '$`', '$1', '\\$', '\\n', '{user_message}', '{function_string}', '{{', '%s', '&amp;', '<b>'],
  ...[
    '\0',
    '\u0001',
    '\u0007',
    '\b',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\r',
    '\r\n',
    '\n\n',
    '\t',
    '  ',
    ' ',
    '\u00a0',
    '\ufeff',
  ],
  ...['👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '👍🏽', '\u200d', '\ufe0f', 'e\u0301', 'é', 'ﬁ', 'Å', '日本語', 'हिन्दी', '\u{10ffff}', '\uffff'],
  ...['שלום', 'مرحبا', '\u202e', '\u202c', '\u2066', '\u2069', '\u200f'],
  ...['\ud800', '\udfff', '\ud83d', '\ude00\ud83d', '\ufffd'],
  ...['<__media__>', '<image>', '</s>', '<s>', '[INST]', '<think>', '</recalled>', '1234567', 'word', ' and', '.'],
]

/** Anything a person or a page that was pasted may send, the marks of the template and their halves among it. */
function anyMessage({ controlTokens }: ChatTemplate): fc.Arbitrary<string> {
  const halves = controlTokens.flatMap((token) => [token.slice(0, -1), token.slice(1), token.slice(0, 2)])
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...awkward) },
    { weight: 2, arbitrary: fc.constantFrom(...controlTokens, ...halves) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  )
  return fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''))
}

/** Code points that SmolLM2's vocabulary has no bytes for: six control characters, and the unassigned planes 4 to 11. */
const unreadableBySmollm2 = (point: number) =>
  [0x04, 0x06, 0x13, 0x14, 0x16, 0x1d].includes(point) || (point >= 0x40000 && point < 0xc0000)

/** A message without what the model cannot read at all (rule E36). */
function readable(message: string, { tokenizerId }: Model): string {
  if (tokenizerId !== 'smollm2') return message
  return [...message].filter((character) => !unreadableBySmollm2(character.codePointAt(0) ?? 0)).join('')
}

/** The prompt of a first message, as the product makes it. */
function messagePrompt(message: string, { template }: Model): readonly PromptPart[] {
  const input = { template, instructions: 'Be brief.', path: pathOf(message), memoryOn: false, windowTokens: 100_000 }
  return assemble(firstPrompt(input), (text) => text.length).prompt
}

const countOf = (text: string, token: string) => text.split(token).length - 1

/** What a model read: its tokens decoded, control tokens as their texts, and how many tokens were control tokens, where it can be told. */
export type Fed = { readonly text: string; readonly controls?: number }

/** What is wrong with what was fed for a message, or undefined. */
function infidelity(message: string, { text: fed, controls }: Fed, { template }: Model): string | undefined {
  const { start, system, user, assistant, controlTokens } = template
  const before = `${start}${system.before}Be brief.${system.after}${user.before}`
  const after = user.after + assistant.before
  if (!fed.startsWith(before) || !fed.endsWith(after)) return `The template is not what was fed: ${JSON.stringify(fed)}`
  const own = (token: string) => countOf(before, token) + countOf(after, token)
  for (const token of controlTokens) if (countOf(fed, token) > own(token)) return `${token} was forged: ${JSON.stringify(fed)}`
  const ownControls = controlTokens.reduce((sum, token) => sum + own(token), 0)
  if (controls !== undefined && controls !== ownControls)
    return `${controls} control tokens were fed, the template has ${ownControls}: ${JSON.stringify(fed)}`
  const words = fed.slice(before.length, fed.length - after.length)
  const text = wellFormed(message)
  const bare = (some: string) => (controlTokens.some((token) => text.includes(token)) ? some.replaceAll(' ', '') : some)
  return bare(words) === bare(text) ? undefined : `${JSON.stringify(words)} was fed for ${JSON.stringify(text)}`
}

/** Feeds so many fuzzed messages and throws at the first that does not arrive as it was written. */
export async function feedMessages(model: Model, cases: number, feed: (prompt: readonly PromptPart[]) => Promise<Fed>) {
  const property = fc.asyncProperty(anyMessage(model.template), async (any) => {
    const message = readable(any, model)
    const wrong = infidelity(message, await feed(messagePrompt(message, model)), model)
    if (wrong !== undefined) throw new Error(wrong)
  })
  await fc.assert(property, { numRuns: cases })
}
