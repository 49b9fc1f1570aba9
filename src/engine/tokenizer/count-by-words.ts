/** Longer words are not remembered: they hardly come again. */
const longestRemembered = 32
const mostRemembered = 60_000

/** Before a space that is followed by a letter and stands after something else than white space. */
const wordBorder = /(?<=\S)(?= \p{L})/u

type PreTokenizer = { readonly type?: unknown; readonly use_regex?: unknown; readonly pretokenizers?: unknown }

/**
 * Whether no token of a tokenizer crosses a border of words (`wordBorder`), so that the counts of words sum to that of the
 * text: byte-level BPE without a normalizer, cut by GPT-2's expression (` ?\p{L}+` begins at such a space, and nothing before
 * takes it), and no added token with white space. Of other tokenizers this is not known.
 *
 * @param json the parsed tokenizer.json
 */
export function addsUpByWords(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false
  const { normalizer, pre_tokenizer, post_processor, model, added_tokens } = json as Record<string, unknown>
  if (normalizer || post_processor || (model as { type?: unknown } | undefined)?.type !== 'BPE') return false
  const { type, pretokenizers } = (pre_tokenizer ?? {}) as PreTokenizer
  const steps = (type === 'Sequence' ? pretokenizers : [pre_tokenizer]) as readonly PreTokenizer[]
  if (!Array.isArray(steps) || !Array.isArray(added_tokens)) return false
  const byteLevel = steps.filter((step) => step?.type === 'ByteLevel' && step.use_regex !== false)
  if (byteLevel.length !== 1 || steps.some((step) => step?.type !== 'ByteLevel' && step?.type !== 'Digits')) return false
  return added_tokens.every(
    ({ content, lstrip, rstrip, normalized }: Record<string, unknown>) =>
      typeof content === 'string' && !/\s/.test(content) && !lstrip && !rstrip && !normalized,
  )
}

/** The same counts, made of those of words: what is counted anew of a text with known words is close to nothing. */
export function countByWords(count: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>()
  const ofWord = (word: string): number => {
    if (word.length > longestRemembered) return count(word)
    const before = known.get(word)
    if (before !== undefined) return before
    const tokens = count(word)
    if (known.size >= mostRemembered) known.clear()
    known.set(word, tokens)
    return tokens
  }
  return (text) => text.split(wordBorder).reduce((sum, word) => sum + ofWord(word), 0)
}
