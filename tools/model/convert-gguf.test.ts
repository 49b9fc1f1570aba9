import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TensorToWrite, writeGguf } from '#engine/gguf/testing/write-gguf.ts'
import { convertGguf } from './convert-gguf.ts'

const HIDDEN = 64
const INTER = 96
const TOKENS = ['a', 'b', 'ab', '<|endoftext|>', '<|im_start|>', '<|im_end|>']

/** Bytes that differ from tensor to tensor. */
const bytes = (length: number, seed: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17) & 0x3f)
let seed = 0
const q4 = (name: string, columns: number, rows: number): TensorToWrite => ({
  name: `blk.0.${name}.weight`,
  shape: [columns, rows],
  typeNumber: 3,
  bytes: bytes((columns / 32) * 20 * rows, seed++),
})
const norm = (name: string): TensorToWrite => ({ name, shape: [HIDDEN], typeNumber: 0, bytes: bytes(HIDDEN * 4, seed++) })
const metadata = {
  'general.architecture': 'llama',
  'llama.embedding_length': HIDDEN,
  'llama.block_count': 1,
  'llama.feed_forward_length': INTER,
  'llama.attention.head_count': 2,
  'llama.attention.head_count_kv': 1,
  'llama.rope.freq_base': 10000,
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.pre': 'smollm',
  'tokenizer.ggml.tokens': TOKENS,
  'tokenizer.ggml.token_type': [1, 1, 1, 3, 3, 3],
  'tokenizer.ggml.merges': ['a b'],
}
const tensors: TensorToWrite[] = [
  { name: 'token_embd.weight', shape: [HIDDEN, TOKENS.length], typeNumber: 8, bytes: bytes(2 * 34 * TOKENS.length, 99) },
  norm('blk.0.attn_norm.weight'),
  norm('blk.0.ffn_norm.weight'),
  norm('output_norm.weight'),
  q4('attn_q', HIDDEN, HIDDEN),
  q4('attn_k', HIDDEN, 32),
  q4('attn_v', HIDDEN, 32),
  q4('attn_output', HIDDEN, HIDDEN),
  q4('ffn_gate', HIDDEN, INTER),
  q4('ffn_up', HIDDEN, INTER),
  q4('ffn_down', INTER, HIDDEN),
]
const limits = { prefillChunk: 512, contextWindow: 4096, systemMessage: 'Be brief.' }

describe('convertGguf', () => {
  let folder: string
  const json = (name: string) => JSON.parse(readFileSync(join(folder, 'out', name), 'utf8'))
  const convert = (changed: TensorToWrite[] = tensors, changedMetadata: typeof metadata = metadata) => {
    const path = join(folder, 'model.gguf')
    writeFileSync(path, writeGguf(changedMetadata, changed))
    return convertGguf(path, join(folder, 'out'), limits)
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'longhand-convert-'))
    await convert()
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('lists the tensors in the order and shape that the library reads, end to end in their shard', () => {
    const { metadata: summary, records } = json('tensor-cache.json')
    expect(records).toHaveLength(1)
    const [shard] = records
    const list = shard.records.map((record: { name: string; shape: number[] }) => [record.name, record.shape])
    expect(list).toEqual([
      ['tok.q', [6, 16]],
      ['tok.s', [6, 1]],
      ['blocks.0.attn.qkv.q', [128, 8]],
      ['blocks.0.attn.qkv.s', [128, 2]],
      ['blocks.0.attn.o.q', [64, 8]],
      ['blocks.0.attn.o.s', [64, 2]],
      ['blocks.0.mlp.gate_up.q', [192, 8]],
      ['blocks.0.mlp.gate_up.s', [192, 2]],
      ['blocks.0.mlp.down.q', [64, 12]],
      ['blocks.0.mlp.down.s', [64, 3]],
      ['blocks.0.norm1.weight', [64]],
      ['blocks.0.norm2.weight', [64]],
      ['norm.weight', [64]],
    ])
    let end = 0
    for (const { byteOffset, nbytes } of shard.records) {
      expect(byteOffset).toBe(end)
      end += nbytes
    }
    const data = readFileSync(join(folder, 'out', shard.dataPath))
    expect(data.length).toBe(end)
    expect(shard.nbytes).toBe(end)
    expect(summary).toEqual({ ParamSize: 13, ParamBytes: end })
    expect(shard.md5sum).toBe(createHash('md5').update(data).digest('hex'))
  })

  it('takes norms over byte for byte', () => {
    const [shard] = json('tensor-cache.json').records
    const data = readFileSync(join(folder, 'out', shard.dataPath))
    const { byteOffset } = shard.records.find((record: { name: string }) => record.name === 'norm.weight')
    const source = tensors.find((tensor) => tensor.name === 'output_norm.weight')
    expect(new Uint8Array(data.subarray(byteOffset, byteOffset + 256))).toEqual(source?.bytes)
  })

  it('writes the tokenizer and the stop tokens', () => {
    const { model, added_tokens } = json('tokenizer.json')
    expect(model.vocab).toEqual({ a: 0, b: 1, ab: 2, '<|endoftext|>': 3, '<|im_start|>': 4, '<|im_end|>': 5 })
    expect(model.merges).toEqual(['a b'])
    expect(added_tokens.map(({ id, content }: { id: number; content: string }) => [id, content])).toEqual([
      [3, '<|endoftext|>'],
      [4, '<|im_start|>'],
      [5, '<|im_end|>'],
    ])
    const config = json('mlc-chat-config.json')
    expect(config.vocab_size).toBe(6)
    expect(config.conv_template.stop_token_ids).toEqual([5, 3])
  })

  it.each([
    ['a missing tensor', () => convert(tensors.slice(1)), 'no tensor token_embd.weight'],
    [
      'another quantization',
      () => convert(tensors.map((tensor) => (tensor.name.includes('attn_q') ? { ...tensor, typeNumber: 2 } : tensor))),
      'attn_q.weight is Q4_0',
    ],
    ['another architecture', () => convert(tensors, { ...metadata, 'general.architecture': 'gemma' }), '"gemma"'],
  ])('refuses %s by name', async (_what, work, message) => {
    await expect(work()).rejects.toThrow(message)
  })
})
