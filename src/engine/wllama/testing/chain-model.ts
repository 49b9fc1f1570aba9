/**
 * A hand-made model for tests: a llama whose attention and feed-forward weights are zero, so that the next token depends
 * on the last one only, by a table. It loads in a second, answers the same every time, and its replies can be written down.
 */
export type ChainModel = { readonly gguf: Uint8Array<ArrayBuffer>; readonly tokenizerJson: object }

const control = ['<|im_start|>', '<|im_end|>', '<|endoftext|>']
const encoder = new TextEncoder()

/** GPT-2's byte alphabet: every byte as one printable character (Radford et al. 2019, the byte-level BPE). */
export function byteCharacters(): string[] {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++))
}

/** Bytes written one after the other, little-endian. */
function writer() {
  const pieces: Uint8Array[] = []
  const put = (size: number, set: (view: DataView) => void) => {
    const bytes = new Uint8Array(size)
    set(new DataView(bytes.buffer))
    pieces.push(bytes)
  }
  const u32 = (value: number) => put(4, (view) => view.setUint32(0, value, true))
  const u64 = (value: number) => put(8, (view) => view.setBigUint64(0, BigInt(value), true))
  const f32 = (value: number) => put(4, (view) => view.setFloat32(0, value, true))
  const text = (value: string) => {
    const bytes = encoder.encode(value)
    u64(bytes.length)
    pieces.push(bytes)
  }
  const size = () => pieces.reduce((sum, piece) => sum + piece.length, 0)
  return { pieces, u32, u64, f32, text, size, pad: () => pieces.push(new Uint8Array((32 - (size() % 32)) % 32)) }
}

/**
 * @param words written as tokens of their own, each of the form space and two letters, by merges
 * @param follows which token comes after which; a token is a word, a control token or one character or byte (`0x80`)
 */
export function chainModel(words: readonly string[], follows: Readonly<Record<string, string>>): ChainModel {
  const alphabet = byteCharacters()
  const space = alphabet[32] ?? ''
  const merges = [...new Set(words.flatMap((word) => [`${space} ${word[1]}`, `${space}${word[1]} ${word[2]}`]))]
  const tokens = [...new Set([...control, ...alphabet, ...merges.map((merge) => merge.replace(' ', ''))])]
  const padded = Math.ceil(tokens.length / 64) * 64
  while (tokens.length < padded) tokens.push(`<|unused_${tokens.length}|>`)
  const size = tokens.length
  const isControl = (token: string) => token.startsWith('<|')
  const id = (name: string): number => {
    const byte = name.startsWith('0x') ? Number(name) : undefined
    const stored =
      byte !== undefined ? alphabet[byte] : isControl(name) ? name : [...encoder.encode(name)].map((b) => alphabet[b]).join('')
    const found = tokens.indexOf(stored ?? '')
    if (found < 0) throw new Error(`The test model has no token ${name}.`)
    return found
  }

  const identity = new Float32Array(size * size)
  const table = new Float32Array(size * size)
  for (let i = 0; i < size; i++) identity[i * size + i] = 1
  // Row = the next token, column = the one before.
  for (const [before, after] of Object.entries(follows)) table[id(after) * size + id(before)] = 1
  const zeros = (columns: number, rows: number) => ({ shape: [columns, rows], type: 0, data: new Float32Array(columns * rows) })
  const ones = { shape: [size], type: 0, data: new Float32Array(size).fill(1) }
  const tensors: Record<
    string,
    { readonly shape: readonly number[]; readonly type: number; readonly data: Float32Array | Uint8Array }
  > = {
    'token_embd.weight': { shape: [size, size], type: 0, data: identity },
    'output.weight': { shape: [size, size], type: 0, data: table },
    'output_norm.weight': ones,
    'blk.0.attn_norm.weight': ones,
    'blk.0.ffn_norm.weight': ones,
    'blk.0.attn_q.weight': zeros(size, size),
    'blk.0.attn_k.weight': zeros(size, size),
    'blk.0.attn_v.weight': zeros(size, size),
    'blk.0.attn_output.weight': zeros(size, size),
    // Anything may stand here, since it is multiplied by the zeros of ffn_up: Q4_1 blocks, so that there are some to expand.
    'blk.0.ffn_gate.weight': { shape: [size, 32], type: 3, data: Uint8Array.from({ length: size * 20 }, (_, i) => (i * 7) % 60) },
    'blk.0.ffn_up.weight': zeros(size, 32),
    'blk.0.ffn_down.weight': zeros(32, size),
  }

  const out = writer()
  const metadata: (() => void)[] = []
  const key = (name: string, type: number, value: () => void) =>
    metadata.push(() => {
      out.text(name)
      out.u32(type)
      value()
    })
  const number = (name: string, value: number) => key(name, 4, () => out.u32(value))
  const string = (name: string, value: string) => key(name, 8, () => out.text(value))
  const list = <Entry>(name: string, type: number, entries: readonly Entry[], write: (entry: Entry) => void) =>
    key(name, 9, () => {
      out.u32(type)
      out.u64(entries.length)
      for (const entry of entries) write(entry)
    })
  string('general.architecture', 'llama')
  number('llama.context_length', 4096)
  number('llama.embedding_length', size)
  number('llama.block_count', 1)
  number('llama.feed_forward_length', 32)
  number('llama.attention.head_count', size / 32)
  number('llama.attention.head_count_kv', size / 32)
  number('llama.rope.dimension_count', 32)
  number('llama.vocab_size', size)
  key('llama.attention.layer_norm_rms_epsilon', 6, () => out.f32(1e-5))
  string('tokenizer.ggml.model', 'gpt2')
  string('tokenizer.ggml.pre', 'smollm')
  list('tokenizer.ggml.tokens', 8, tokens, out.text)
  list('tokenizer.ggml.token_type', 5, tokens, (token) => out.u32(isControl(token) ? 3 : 1))
  list('tokenizer.ggml.merges', 8, merges, out.text)
  number('tokenizer.ggml.bos_token_id', id('<|im_start|>'))
  number('tokenizer.ggml.eos_token_id', id('<|im_end|>'))
  key('tokenizer.ggml.add_bos_token', 7, () => out.pieces.push(new Uint8Array([0])))

  out.u32(0x46554747)
  out.u32(3)
  out.u64(Object.keys(tensors).length)
  out.u64(metadata.length)
  for (const write of metadata) write()
  let offset = 0
  for (const [name, { shape, type, data }] of Object.entries(tensors)) {
    out.text(name)
    out.u32(shape.length)
    for (const length of shape) out.u64(length)
    out.u32(type)
    out.u64(offset)
    offset += Math.ceil(data.byteLength / 32) * 32
  }
  out.pad()
  for (const { data } of Object.values(tensors)) {
    out.pieces.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    out.pad()
  }
  const gguf = new Uint8Array(out.size())
  let at = 0
  for (const piece of out.pieces) {
    gguf.set(piece, at)
    at += piece.length
  }

  const added = tokens.flatMap((content, index) =>
    isControl(content)
      ? [{ id: index, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }]
      : [],
  )
  const tokenizerJson = {
    version: '1.0',
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Digits', individual_digits: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { type: 'BPE', vocab: Object.fromEntries(tokens.map((token, index) => [token, index])), merges },
  }
  return { gguf, tokenizerJson }
}
