import type { CountTokens } from '#context/assemble-input.ts'

/** A line to its last word or mark, what stands before the line feed that ends it, and that; or the rest of the text. */
const line = /([\s\S]*?\S|)(\s*)(\n)(?=\S)|([\s\S]+)$/g
/** Every so many texts the sum is compared with the count of the whole. */
const checkEvery = 25

/**
 * Counts texts line by line, so that lines that come again are counted once: a block of recalled lines is counted for many
 * budgets and systems. The built-in model's tokenizer cuts before every line that begins with a word or a mark, so the sum is
 * exact.
 *
 * @throws Error where the sum and the count of the whole differ, on every 25th text
 */
export function countByLines(count: CountTokens): CountTokens {
  let texts = 0
  return (text) => {
    let sum = 0
    for (const [, words = '', spaces = '', feed = '', rest = ''] of text.matchAll(line))
      sum += rest === '' ? count(words) + count(spaces) + count(feed) : count(rest)
    if (++texts % checkEvery === 0 && sum !== count(text))
      throw new Error(
        `Counted line by line a text has ${sum} tokens, as a whole ${count(text)}: ${JSON.stringify(text.slice(0, 200))}`,
      )
    return sum
  }
}
