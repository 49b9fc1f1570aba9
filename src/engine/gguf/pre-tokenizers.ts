/**
 * How a text is cut before byte-level BPE, by the name that a GGUF file gives it (`tokenizer.ggml.pre`). The expressions are
 * those of the models' own tokenizers; llama.cpp has the same under these names. A name that is not here is not guessed.
 */
export type PreTokenizer = {
  /** In the form of a tokenizer.json. */
  readonly steps: readonly object[]
  /** A piece that is a token as it stands is not put together from merges. */
  readonly ignoreMerges?: true
}

const byteLevel = { type: 'ByteLevel', trim_offsets: true, use_regex: true, add_prefix_space: false }
const bytesOnly = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false }
const split = (expression: string) => ({ type: 'Split', pattern: { Regex: expression }, behavior: 'Isolated', invert: false })

const llama3 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
const qwen2 = llama3.replace('{1,3}', '')

const gpt2: PreTokenizer = { steps: [byteLevel] }
const digits: PreTokenizer = { steps: [{ type: 'Digits', individual_digits: true }, byteLevel] }
const ofLlama3: PreTokenizer = { steps: [split(llama3), bytesOnly], ignoreMerges: true }
const ofQwen2: PreTokenizer = { steps: [split(qwen2), bytesOnly] }

export const preTokenizers: Readonly<Record<string, PreTokenizer>> = {
  'gpt-2': gpt2,
  'phi-2': gpt2,
  olmo: gpt2,
  smollm: digits,
  starcoder: digits,
  refact: digits,
  'command-r': digits,
  'llama-bpe': ofLlama3,
  'llama-v3': ofLlama3,
  llama3: ofLlama3,
  qwen2: ofQwen2,
  'deepseek-r1-qwen': ofQwen2,
  stablelm2: ofQwen2,
}
