import { describe, expect, it } from 'vitest'
import { GgufError, readGguf } from './read-gguf.ts'
import { writeGguf } from './testing/write-gguf.ts'

const metadata = {
  'general.architecture': 'llama',
  'llama.block_count': 2,
  'llama.rope.freq_base': 0.5,
  'tokenizer.ggml.add_bos_token': false,
  'tokenizer.ggml.tokens': ['a', 'é', '日本', ''],
  'tokenizer.ggml.token_type': [1, 3, -1],
}
const tensors = [
  { name: 'norm', shape: [3], typeNumber: 0, bytes: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) },
  { name: 'table', shape: [64, 2], typeNumber: 8, bytes: new Uint8Array(136).fill(7) },
]
const file = writeGguf(metadata, tensors)

const failure = (work: () => unknown): GgufError => {
  try {
    work()
  } catch (error) {
    if (error instanceof GgufError) return error
    throw error
  }
  throw new Error('It did not fail.')
}

describe('readGguf', () => {
  it('reads metadata of every kind and finds the tensors', () => {
    const gguf = readGguf(file)
    expect(Object.fromEntries(gguf.metadata)).toEqual(metadata)
    expect(gguf.tensors.map(({ name, shape, sizeBytes }) => [name, shape, sizeBytes])).toEqual([
      ['norm', [3], 12],
      ['table', [64, 2], 136],
    ])
    expect(gguf.tensors[0]?.offset).toBe(gguf.dataStart)
    for (const [index, { offset, sizeBytes }] of gguf.tensors.entries())
      expect(file.subarray(offset, offset + sizeBytes)).toEqual(tensors[index]?.bytes)
  })

  it('asks for more at every length that ends within the header', () => {
    const headerEnd = readGguf(file).dataStart
    // The last bytes before the data are padding.
    for (let length = 0; length < headerEnd - 31; length++)
      expect(failure(() => readGguf(file.subarray(0, length))).type, `${length} bytes`).toBe('truncated')
    expect(readGguf(file.subarray(0, headerEnd)).tensors).toHaveLength(2)
  })

  it('refuses what is not GGUF', () => {
    expect(failure(() => readGguf(new TextEncoder().encode('PK\u0003\u0004 a zip archive'))).type).toBe('not-gguf')
  })

  it('names a tensor type that it does not know', () => {
    const strange = writeGguf({}, [{ name: 'odd', shape: [32], typeNumber: 99, bytes: new Uint8Array(4) }])
    const error = failure(() => readGguf(strange))
    expect(error.type).toBe('unsupported')
    expect(error.message).toContain('odd')
  })
})
