import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type GgufValue, readGguf } from '#engine/gguf/read-gguf.ts'
import { writeGguf } from '#engine/gguf/testing/write-gguf.ts'
import { decoders } from './architectures.ts'
import { whyUnfit } from './check-fitness.ts'
import { ownEmbedder } from './own-embedder.ts'
import { ownModel } from './own-model.ts'
import { readHeader } from './read-header.ts'

type GgufMetadata = Readonly<Record<string, GgufValue>>

const chat = `{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`
const metadata = {
  'general.architecture': 'llama',
  'general.name': 'Small one',
  'general.license': 'mit',
  'llama.context_length': 2048,
  'llama.block_count': 3,
  'llama.embedding_length': 64,
  'llama.attention.head_count': 4,
  'llama.attention.head_count_kv': 2,
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.pre': 'qwen2',
  'tokenizer.ggml.tokens': ['<|im_start|>', '<|im_end|>', '<|tool|>', 'a'],
  'tokenizer.ggml.token_type': [3, 3, 3, 1],
  'tokenizer.ggml.merges': [],
  'tokenizer.ggml.eos_token_id': 1,
  'tokenizer.chat_template': chat,
} as const
const weights = [{ name: 'w', shape: [64, 2], typeNumber: 8, bytes: new Uint8Array(136) }]
const make = (change: GgufMetadata = {}, tensors = weights) => {
  const bytes = writeGguf({ ...metadata, ...change }, tensors)
  return { bytes, gguf: readGguf(bytes) }
}
const file = { url: '/models/own/x/x.gguf', sizeBytes: 1000, role: 'weights' } as const
const modelOf = (change: GgufMetadata = {}) => {
  const model = ownModel({ gguf: make(change).gguf, id: 'file:1', fileName: 'small.gguf', weights: file })
  if (typeof model === 'string') throw new Error(model)
  return model
}

describe('[E71] what is checked of a file before anything is stored', () => {
  const why = (change: GgufMetadata, sizeBytes?: number) => {
    const { bytes, gguf } = make(change)
    return whyUnfit(gguf, sizeBytes ?? bytes.length, 'chat')
  }

  it('has nothing against a whole one', () => expect(why({})).toBeUndefined())

  it.each([
    ['a part of a split one', { 'split.count': 3 }, /one of 3 parts.*gguf-split/],
    ['one of an architecture that does not run', { 'general.architecture': 'whisper' }, /“whisper”/],
    ['an embedder', { 'general.architecture': 'bert' }, /embedder.*Settings/],
    ['what is added to a model', { 'general.type': 'adapter' }, /adapter/],
    ['one without a context length', { 'llama.context_length': 'long' }, /how long its context/],
    ['one without a vocabulary', { 'tokenizer.ggml.tokens': [] }, /no vocabulary/],
  ] satisfies [string, GgufMetadata, RegExp][])('refuses %s in words', (_what, change, words) => {
    expect(why(change)).toMatch(words)
  })

  it('refuses what is too large, and what was cut off, by how much', () => {
    // The last 24 bytes of the 160 are padding.
    expect(why({}, 3e9)).toMatch(/3\.0 GB.*at most 2\.1 GB/)
    expect(why({}, make().bytes.length - 34)).toMatch(/ends 10 bytes before its last weights/)
  })

  it('tells another format, another version and a header that is cut off apart', async () => {
    const read = (bytes: Uint8Array<ArrayBuffer>) =>
      readHeader(new Blob([bytes]), 'x.gguf').then(
        () => 'read',
        (error: Error) => error.message,
      )
    const whole = Uint8Array.from(make().bytes)
    expect(await read(whole)).toBe('read')
    expect(await read(new TextEncoder().encode('PK\u0003\u0004 a zip'))).toMatch(/not a GGUF file/)
    expect(await read(Uint8Array.from(whole, (byte, at) => (at === 4 ? 1 : byte)))).toMatch(/version 1 is not supported/)
    expect(await read(whole.slice(0, 200))).toMatch(/cut off/)
  })

  it('knows only architectures that the installed engine has', () => {
    const program = readFileSync('node_modules/@wllama/wllama/esm/wasm/wllama.wasm').toString('latin1')
    expect(decoders.filter((name) => !program.includes(`${name}\0`))).toEqual([])
  })
})

describe('[E70] a model from a header', () => {
  it('names what it is, its window and its memory', () => {
    const model = modelOf()
    expect(model).toMatchObject({
      name: 'Small one',
      contextLength: 2048,
      defaultWindow: 2048,
      quantization: 'Q8_0',
      source: 'file',
    })
    expect(model.licence).toEqual({ name: 'mit', url: '' })
    // Two of keys and values, three layers, two heads of 16, four bytes.
    expect(model.builds.wllama).toMatchObject({ kvBytesPerToken: 2 * 3 * 2 * 16 * 4, weightBytes: 136 })
    expect(model.writesMemory).toBe(false)
  })

  it('keeps all control tokens out of messages where the page has no tokenizer for it', () => {
    expect(modelOf().template.controlTokens).toEqual(['<|im_start|>', '<|im_end|>', '<|tool|>'])
    expect(modelOf().template.stop).toEqual(['<|im_end|>'])
  })

  it('begins with the start token that the engine puts there itself, also where the template has none', () => {
    const change = { 'tokenizer.ggml.bos_token_id': 2, 'tokenizer.ggml.scores': [0, 0, 0, 0] }
    const start = (more: GgufMetadata) => modelOf({ ...change, ...more }).template.start
    expect(start({})).toBe('')
    expect(start({ 'tokenizer.ggml.add_bos_token': true })).toBe('<|tool|>')
    expect(start({ 'tokenizer.ggml.model': 'llama' })).toBe('<|tool|>')
    expect(start({ 'tokenizer.ggml.model': 'llama', 'tokenizer.ggml.add_bos_token': false })).toBe('')
  })

  it('is none without a chat template, and says so', () => {
    const { gguf } = make({ 'tokenizer.chat_template': false })
    expect(ownModel({ gguf, id: 'file:1', fileName: 'x.gguf', weights: file })).toMatch(/no chat template/)
  })
})

describe('[E88] an embedder from a header', () => {
  const bert = {
    'general.architecture': 'bert',
    'bert.context_length': 256,
    'bert.embedding_length': 32,
    'bert.pooling_type': 2,
  } satisfies GgufMetadata

  it('names its dimensions, how it makes one vector of many, and how far it reads', () => {
    const { gguf, bytes } = make(bert)
    expect(whyUnfit(gguf, bytes.length, 'embedding')).toBeUndefined()
    expect(ownEmbedder(gguf, 'file:2', 'small.gguf', file)).toMatchObject({
      id: 'file:2',
      name: 'Small one',
      dimensions: 32,
      pooling: 'cls',
      readTokens: 256,
      own: { packed: false },
    })
    expect(ownEmbedder(make({ ...bert, 'bert.pooling_type': 1 }).gguf, 'x', 'x.gguf', file).pooling).toBeUndefined()
  })

  it('takes decoders that were made for it, and refuses those that write, and rankers', () => {
    const why = (change: GgufMetadata) => {
      const { gguf, bytes } = make(change)
      return whyUnfit(gguf, bytes.length, 'embedding')
    }
    expect(why({ 'llama.pooling_type': 3 })).toBeUndefined()
    expect(why({})).toMatch(/writes text \(llama\), not an embedder/)
    expect(why({ ...bert, 'bert.pooling_type': 4 })).toMatch(/ranks pairs/)
  })
})
