import { describe, expect, it } from 'vitest'
import { readGguf } from '#engine/gguf/read-gguf.ts'
import { bertForward } from './bert-forward.ts'
import { convertBert } from './convert-bert.ts'
import { quantizeQ8_0 } from './quantize-blocks.ts'
import { readSafetensors } from './read-safetensors.ts'

const width = 32
const vocabulary = ['[PAD]', '[unused0]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '[', 'dog', '##s', '##', '!']
const config = {
  model_type: 'bert',
  hidden_act: 'gelu',
  hidden_size: width,
  intermediate_size: 64,
  num_hidden_layers: 1,
  num_attention_heads: 4,
  max_position_embeddings: 8,
  type_vocab_size: 2,
  vocab_size: vocabulary.length,
  layer_norm_eps: 1e-12,
}

/** Values that differ from tensor to tensor. */
const seeded = (count: number, seed: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 1.7 + seed * 31))

function safetensors(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  const data: Uint8Array[] = []
  let at = 0
  for (const [index, [name, shape]] of Object.entries(shapes).entries()) {
    const bytes = new Uint8Array(
      seeded(
        shape.reduce((a, b) => a * b, 1),
        index,
      ).buffer,
    )
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + bytes.length] }
    at += bytes.length
    data.push(bytes)
  }
  const ids = new Uint8Array(16)
  header['embeddings.position_ids'] = { dtype: 'I64', shape: [1, 2], data_offsets: [at, at + 16] }
  // A header of an odd length: nothing after it is aligned.
  let text = JSON.stringify(header)
  if (text.length % 2 === 0) text += ' '
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, Buffer.from(text), ...data, ids])
}

const pair = (name: string, rows: number, columns?: number) => ({
  [`${name}.weight`]: columns === undefined ? [rows] : [rows, columns],
  [`${name}.bias`]: [rows],
})
const layer = 'encoder.layer.0'
const shapes: Readonly<Record<string, readonly number[]>> = {
  'embeddings.word_embeddings.weight': [vocabulary.length, width],
  'embeddings.position_embeddings.weight': [8, width],
  'embeddings.token_type_embeddings.weight': [2, width],
  ...pair('embeddings.LayerNorm', width),
  ...pair(`${layer}.attention.self.query`, width, width),
  ...pair(`${layer}.attention.self.key`, width, width),
  ...pair(`${layer}.attention.self.value`, width, width),
  ...pair(`${layer}.attention.output.dense`, width, width),
  ...pair(`${layer}.attention.output.LayerNorm`, width),
  ...pair(`${layer}.intermediate.dense`, 64, width),
  ...pair(`${layer}.output.dense`, width, 64),
  ...pair(`${layer}.output.LayerNorm`, width),
  ...pair('pooler.dense', width, width),
}
const weights = safetensors(shapes)
const convert = (change: Partial<Parameters<typeof convertBert>[0]> = {}) =>
  convertBert({ weights, config, vocabulary: `${vocabulary.join('\n')}\n`, ...change }, { name: 'tiny', licence: 'mit' })

describe('convertBert', () => {
  const file = convert()
  const gguf = readGguf(file)
  const tensor = (name: string) => {
    const found = gguf.tensors.find((one) => one.name === name)
    if (!found) throw new Error(`No ${name}.`)
    return { ...found, bytes: file.subarray(found.offset, found.offset + found.sizeBytes) }
  }

  it('writes the shape of the model and a vocabulary with word beginnings marked', () => {
    const { metadata } = gguf
    expect(metadata.get('general.architecture')).toBe('bert')
    expect(metadata.get('bert.attention.layer_norm_epsilon')).toBeCloseTo(1e-12, 15)
    expect(metadata.get('bert.attention.causal')).toBe(false)
    expect(metadata.get('bert.pooling_type')).toBe(1)
    expect(metadata.get('tokenizer.ggml.tokens')).toEqual([
      ...['[PAD]', '[unused0]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'],
      ...['▁[', '▁dog', 's', '', '▁!'],
    ])
    expect(metadata.get('tokenizer.ggml.token_type')).toEqual([3, 1, 3, 3, 3, 3, 1, 1, 1, 1, 1])
    const ids = ['unknown', 'seperator', 'padding', 'cls', 'mask', 'bos', 'eos'].map((role) =>
      metadata.get(`tokenizer.ggml.${role}_token_id`),
    )
    expect(ids).toEqual([2, 4, 0, 3, 5, 3, 4])
  })

  it('quantizes matrices and the table of words, and takes the rest over bit for bit', () => {
    expect(gguf.tensors).toHaveLength(Object.keys(shapes).length - 2)
    const names = Object.keys(shapes)
    const source = (name: string) =>
      seeded(
        (shapes[name] ?? []).reduce((a, b) => a * b, 1),
        names.indexOf(name),
      )
    const up = tensor('blk.0.ffn_up.weight')
    expect([up.type.name, up.shape]).toEqual(['Q8_0', [width, 64]])
    expect(Buffer.compare(up.bytes, quantizeQ8_0(source(`${layer}.intermediate.dense.weight`)))).toBe(0)
    expect(tensor('token_embd.weight').type.name).toBe('Q8_0')
    for (const [name, from] of [
      ['position_embd.weight', 'embeddings.position_embeddings.weight'],
      ['blk.0.attn_q.bias', `${layer}.attention.self.query.bias`],
      ['blk.0.layer_output_norm.weight', `${layer}.output.LayerNorm.weight`],
    ] as const) {
      expect(tensor(name).type.name).toBe('F32')
      expect(Buffer.compare(tensor(name).bytes, new Uint8Array(source(from).buffer))).toBe(0)
    }
  })

  it('says what is wrong', () => {
    expect(() => convert({ config: { ...config, model_type: 'roberta' } })).toThrow('roberta')
    expect(() => convert({ config: { ...config, num_hidden_layers: 2 } })).toThrow('encoder.layer.1')
    expect(() => convert({ vocabulary: '[PAD]' })).toThrow('1 entries')
    expect(() => convert({ weights: weights.subarray(0, weights.length - 100) })).toThrow('not hold pooler.dense.bias whole')
    expect(() => readSafetensors(Buffer.from('<html>'))).toThrow('not a safetensors file')
  })
})

describe('bertForward', () => {
  const shape = { layers: 1, heads: 4, epsilon: 1e-12 }
  const tensors = readSafetensors(weights)

  it('depends on the order of the words', () => {
    const [one, other] = [bertForward(tensors, [3, 7, 8, 4], shape), bertForward(tensors, [3, 8, 7, 4], shape)]
    expect(one).toHaveLength(width)
    expect(one.every(Number.isFinite)).toBe(true)
    expect([...one]).not.toEqual([...other])
  })
})
