import type { Gguf } from '#engine/gguf/read-gguf.ts'

const texts = (gguf: Gguf, key: string): readonly string[] => {
  const value = gguf.metadata.get(key) ?? []
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string'))
    throw new Error(`${key} in the GGUF header is not a list of texts.`)
  return value as readonly string[]
}

/** Token types of GGUF: 3 marks control tokens. */
const CONTROL = 3

/**
 * The tokenizer of a GGUF file (byte-level BPE, with every digit a piece of its own, as SmolLM2 has it) in the format
 * of the `tokenizers` library.
 */
export function convertTokenizer(gguf: Gguf): object {
  const tokens = texts(gguf, 'tokenizer.ggml.tokens')
  const types = gguf.metadata.get('tokenizer.ggml.token_type')
  const control = tokens.flatMap((content, id) => (Array.isArray(types) && types[id] === CONTROL ? [{ id, content }] : []))
  const byteLevel = { type: 'ByteLevel', trim_offsets: true, use_regex: true }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: control.map((token) => ({
      ...token,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Digits', individual_digits: true },
        { ...byteLevel, add_prefix_space: false },
      ],
    },
    post_processor: null,
    decoder: { ...byteLevel, add_prefix_space: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: texts(gguf, 'tokenizer.ggml.merges'),
    },
  }
}
