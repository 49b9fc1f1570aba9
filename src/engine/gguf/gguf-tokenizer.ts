import { numberOf, textOf, textsOf } from './gguf-values.ts'
import { preTokenizers } from './pre-tokenizers.ts'
import type { Gguf } from './read-gguf.ts'
import { sentencePieceTokenizer } from './sentence-piece.ts'

/** Token types of GGUF: control tokens, and those that the makers added as words. */
const CONTROL = 3
const USER_DEFINED = 4

type Header = Pick<Gguf, 'metadata'>

/**
 * The tokenizer of a GGUF file in the format of the `tokenizers` library, undefined where its kind is not known here. Of
 * byte-level BPE ("gpt2") those ways of cutting are known that pre-tokenizers.ts names; of the others SentencePiece ("llama").
 * Whether it counts as the engine does is found out when the model is loaded.
 */
export function tokenizerFromGguf(gguf: Header): object | undefined {
  const kind = textOf(gguf, 'tokenizer.ggml.model')
  if (kind === 'llama') return { ...frame(gguf), ...sentencePieceTokenizer(gguf) }
  const pre = preTokenizers[textOf(gguf, 'tokenizer.ggml.pre') ?? '']
  if (kind !== 'gpt2' || !pre) return undefined
  const [only] = pre.steps
  return {
    ...frame(gguf),
    normalizer: null,
    pre_tokenizer: pre.steps.length === 1 ? only : { type: 'Sequence', pretokenizers: pre.steps },
    post_processor: null,
    decoder: { type: 'ByteLevel', trim_offsets: true, use_regex: true, add_prefix_space: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: pre.ignoreMerges ?? false,
      vocab: vocabularyOf(gguf),
      merges: textsOf(gguf, 'tokenizer.ggml.merges'),
    },
  }
}

/** Texts that are one control token each. */
export function controlTokensOf(gguf: Header): readonly string[] {
  const types = typesOf(gguf)
  return textsOf(gguf, 'tokenizer.ggml.tokens').filter((text, id) => types[id] === CONTROL && text !== '')
}

/** The text of a token that the header names by its number: `bos`, `eos`, `eot`. */
export function namedToken(gguf: Header, name: 'bos' | 'eos' | 'eot'): string | undefined {
  const id = numberOf(gguf, `tokenizer.ggml.${name}_token_id`)
  return id === undefined ? undefined : textsOf(gguf, 'tokenizer.ggml.tokens')[id]
}

const vocabularyOf = (gguf: Header): Readonly<Record<string, number>> =>
  Object.fromEntries(textsOf(gguf, 'tokenizer.ggml.tokens').map((token, id) => [token, id]))

function typesOf({ metadata }: Header): readonly unknown[] {
  const types = metadata.get('tokenizer.ggml.token_type')
  return typeof types === 'object' ? types : []
}

/** What stands before the parts that differ. */
function frame(gguf: Header): object {
  const types = typesOf(gguf)
  const added = textsOf(gguf, 'tokenizer.ggml.tokens').flatMap((content, id) =>
    content !== '' && (types[id] === CONTROL || types[id] === USER_DEFINED)
      ? [{ id, content, special: types[id] === CONTROL }]
      : [],
  )
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added.map(({ special, ...token }) => ({
      ...token,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special,
    })),
  }
}
