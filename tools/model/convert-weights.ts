import type { Gguf } from '#engine/gguf/read-gguf.ts'
import { type PackedMatrix, packQ4_1, packQ8_0, rotateHalves, stack } from './pack-blocks.ts'

/** A tensor in the form and under the name that the compiled model library asks for. */
export type Weight = {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'uint32' | 'float32'
  readonly bytes: Uint8Array
}

/** Shape of a Llama-architecture model, read from a GGUF header. */
export type LlamaShape = {
  readonly hidden: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly inter: number
  readonly vocab: number
  readonly ropeTheta: number
}

/** Reads the shape; throws when the file is of another architecture. */
export function llamaShape(gguf: Gguf): LlamaShape {
  const architecture = gguf.metadata.get('general.architecture')
  if (architecture !== 'llama') throw new Error(`Only the llama architecture can be converted; this file is "${architecture}".`)
  const number = (key: string) => {
    const value = gguf.metadata.get(`llama.${key}`)
    if (typeof value !== 'number') throw new Error(`The GGUF header lacks llama.${key}.`)
    return value
  }
  const tokens = gguf.metadata.get('tokenizer.ggml.tokens')
  return {
    hidden: number('embedding_length'),
    layers: number('block_count'),
    heads: number('attention.head_count'),
    kvHeads: number('attention.head_count_kv'),
    inter: number('feed_forward_length'),
    vocab: Array.isArray(tokens) ? tokens.length : 0,
    ropeTheta: number('rope.freq_base'),
  }
}

const bytesOf = (array: Uint32Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

/**
 * The weights of a Llama-architecture GGUF (Q4_1 matrices, Q8_0 embedding table, float32 norms) in the layout of the
 * model library, in the library's order. Block for block and without loss; see tools/model-compiler/README.md.
 */
export function* convertWeights(gguf: Gguf, file: Uint8Array): Generator<Weight> {
  const shape = llamaShape(gguf)
  const tensors = new Map(gguf.tensors.map((tensor) => [tensor.name, tensor]))

  function read(name: string, typeName: string) {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`The GGUF file has no tensor ${name}.`)
    if (tensor.type.name !== typeName)
      throw new Error(`${name} is ${tensor.type.name}; the model library reads ${typeName} there.`)
    const bytes = file.subarray(tensor.offset, tensor.offset + tensor.sizeBytes)
    if (bytes.length !== tensor.sizeBytes) throw new Error(`The GGUF file ends within ${name}.`)
    const [columns = 0, rows = 0] = tensor.shape
    return { bytes, columns, rows }
  }
  function q4(name: string): PackedMatrix {
    const { bytes, rows, columns } = read(name, 'Q4_1')
    return packQ4_1(bytes, rows, columns)
  }
  function* packed(name: string, { rows, q, s }: PackedMatrix): Generator<Weight> {
    yield { name: `${name}.q`, shape: [rows, q.length / rows], dtype: 'uint32', bytes: bytesOf(q) }
    yield { name: `${name}.s`, shape: [rows, s.length / rows], dtype: 'uint32', bytes: bytesOf(s) }
  }
  function norm(name: string, from: string): Weight {
    const { bytes, columns } = read(from, 'F32')
    return { name, shape: [columns], dtype: 'float32', bytes }
  }

  const table = read('token_embd.weight', 'Q8_0')
  yield* packed('tok', packQ8_0(table.bytes, table.rows, table.columns))
  for (let layer = 0; layer < shape.layers; layer++) {
    const from = (name: string) => `blk.${layer}.${name}.weight`
    const to = (name: string) => `blocks.${layer}.${name}`
    const query = rotateHalves(q4(from('attn_q')), shape.heads)
    const key = rotateHalves(q4(from('attn_k')), shape.kvHeads)
    yield* packed(to('attn.qkv'), stack([query, key, q4(from('attn_v'))]))
    yield* packed(to('attn.o'), q4(from('attn_output')))
    yield* packed(to('mlp.gate_up'), stack([q4(from('ffn_gate')), q4(from('ffn_up'))]))
    yield* packed(to('mlp.down'), q4(from('ffn_down')))
    yield norm(to('norm1.weight'), from('attn_norm'))
    yield norm(to('norm2.weight'), from('ffn_norm'))
  }
  yield norm('norm.weight', 'output_norm.weight')
}
