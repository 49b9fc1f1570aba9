import { Tokenizer } from '@huggingface/tokenizers'
import { EngineError } from '#ports/engine.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { addsUpByWords, countByWords } from './count-by-words.ts'
import { tokenPieces } from './token-pieces.ts'

/**
 * A counter from a model's tokenizer.json (the parsed file): exact, control tokens recognised, none added. A lone surrogate
 * counts as U+FFFD, which is what the engines read in its place. The counts of recent texts are remembered, since assembly
 * asks for the same messages on every turn: at least half of `rememberedCharacters` of them, at most all, by default a long
 * conversation several times over. Throws EngineError `internal` when the file is not a tokenizer.
 */
export function loadTokenCounter(tokenizerId: string, tokenizerJson: unknown, rememberedCharacters = 4_000_000): TokenCounter {
  const tokenizer = open(tokenizerId, tokenizerJson)
  const whole = (text: string): number => tokenizer.encode(text, { add_special_tokens: false }).ids.length
  const counted = addsUpByWords(tokenizerJson) ? countByWords(whole) : whole
  // Two maps, the older one dropped when the newer is full: deleting single texts from a large map slows all its reading.
  let recent = new Map<string, number>()
  let older: ReadonlyMap<string, number> = new Map()
  let characters = 0
  return {
    tokenizerId,
    controlTokens: controlTokensOf(tokenizerJson),
    count(text) {
      if (text === '') return 0
      const known = recent.get(text)
      if (known !== undefined) return known
      const count = older.get(text) ?? counted(wellFormed(text))
      recent.set(text, count)
      characters += text.length
      if (2 * characters > rememberedCharacters) {
        older = recent
        recent = new Map()
        characters = 0
      }
      return count
    },
    pieces(text) {
      if (text === '') return []
      const source = wellFormed(text)
      const { ids } = tokenizer.encode(source, { add_special_tokens: false })
      return tokenPieces(source, ids, (held) => tokenizer.decode(held, { skip_special_tokens: false }))
    },
  }
}

function open(tokenizerId: string, json: unknown): Tokenizer {
  try {
    if (typeof json !== 'object' || json === null) throw new Error('It is not an object.')
    // An empty configuration: what it would add (control tokens at the ends, clean-up of spaces) is not wanted here.
    return new Tokenizer(json, {})
  } catch (error) {
    throw new EngineError(
      'internal',
      `The tokenizer "${tokenizerId}" cannot be read: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** Added tokens that the file calls special. Others, such as runs of spaces, are words. */
function controlTokensOf(json: unknown): readonly string[] {
  const { added_tokens } = json as { readonly added_tokens?: readonly { readonly content: string; readonly special: boolean }[] }
  return (added_tokens ?? []).filter(({ special }) => special).map(({ content }) => content)
}

/** Lone surrogates have no UTF-8 form. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}
