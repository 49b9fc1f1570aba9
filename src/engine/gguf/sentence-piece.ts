import { textsOf } from './gguf-values.ts'
import type { Gguf } from './read-gguf.ts'

/**
 * The part of a tokenizer.json that says how SentencePiece tokens ("llama" in GGUF) are found: BPE whose merges are not
 * written down. Of two neighbours those are put together that make the piece of the highest score; as a list of merges this is
 * every way to cut a piece in two that are pieces themselves, the best pieces first. What has no piece is written in bytes.
 */
export function sentencePieceTokenizer(gguf: Pick<Gguf, 'metadata'>): object {
  const tokens = textsOf(gguf, 'tokenizer.ggml.tokens')
  const scores = gguf.metadata.get('tokenizer.ggml.scores')
  const scoreOf = (id: number) => (typeof scores === 'object' ? Number(scores[id] ?? 0) : 0)
  const ids = new Map(tokens.map((token, id) => [token, id]))
  const spaced = gguf.metadata.get('tokenizer.ggml.add_space_prefix') !== false
  const replace = { type: 'Replace', pattern: { String: ' ' }, content: '▁' }
  const merges = tokens
    .map((token, id) => ({ token, score: scoreOf(id) }))
    .filter(({ token }) => token.length > 1)
    .sort((a, b) => b.score - a.score)
    .flatMap(({ token }) => cutsOf(token, ids))
  return {
    normalizer: { type: 'Sequence', normalizers: [...(spaced ? [{ type: 'Prepend', prepend: '▁' }] : []), replace] },
    pre_tokenizer: null,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        ...(spaced ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
      ],
    },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(ids),
      merges,
    },
  }
}

/** All ways to cut a piece into two pieces, at the borders of its characters. */
function cutsOf(token: string, ids: ReadonlyMap<string, number>): [string, string][] {
  const cuts: [string, string][] = []
  let at = 0
  for (const character of token) {
    at += character.length
    const [left, right] = [token.slice(0, at), token.slice(at)]
    if (right !== '' && ids.has(left) && ids.has(right)) cuts.push([left, right])
  }
  return cuts
}
