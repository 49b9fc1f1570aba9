import { numberOf, numbersOf, textOf, textsOf } from '#engine/gguf/gguf-values.ts'
import type { Gguf, GgufTensor } from '#engine/gguf/read-gguf.ts'
import type { ModelBuild } from '#ports/model.ts'

/** Tokens that the CPU engine reads in one step: what the arithmetic needs room for. */
const stepTokens = 128
/** The program itself and its stacks. */
const programBytes = 64e6
/** Weights are unpacked to float32 up to this: larger ones would leave no room for a window. */
const mostUnpackedBytes = 2 ** 30
/** A key or a value in the cache of the CPU engine. */
const valueBytes = 4

/** What a header says of a model's size. */
export type ModelFacts = Pick<ModelBuild, 'weightBytes' | 'kvBytesPerToken' | 'workingBytes' | 'unpacks'> & {
  readonly parameters: number
  /** The encoding that holds most weights: "Q4_K". */
  readonly quantization: string
  readonly contextLength: number
  readonly estimated: NonNullable<ModelBuild['estimated']>
}

/** Reads sizes off a header that was found fit. */
export function modelFacts(gguf: Gguf, windowTokens: number): ModelFacts {
  const architecture = textOf(gguf, 'general.architecture') ?? ''
  const number = (key: string) => numberOf(gguf, `${architecture}.${key}`)
  const layers = number('block_count') ?? 0
  const hidden = number('embedding_length') ?? 0
  const heads = numbersOf(gguf, `${architecture}.attention.head_count`, layers) ?? []
  const kvHeads = numbersOf(gguf, `${architecture}.attention.head_count_kv`, layers) ?? heads
  const most = Math.max(0, ...heads)
  const keys = number('attention.key_length') ?? (most > 0 ? hidden / most : 0)
  const values = number('attention.value_length') ?? keys
  const kvBytesPerToken = kvHeads.reduce((sum, count) => sum + count * (keys + values) * valueBytes, 0)
  const { weightBytes, quantization, unpacks } = weightsOf(gguf.tensors)
  const contextLength = number('context_length') ?? 0
  const window = Math.min(windowTokens, contextLength)
  const vocabulary = textsOf(gguf, 'tokenizer.ggml.tokens').length
  const activations = stepTokens * 4 * (vocabulary + 4 * hidden + 2 * (number('feed_forward_length') ?? 4 * hidden))
  const scores = stepTokens * 4 * most * window
  // Not every layer of these keeps every token, or keeps it as plain keys and values.
  const other = ['attention.sliding_window', 'attention.kv_lora_rank', 'ssm.state_size', 'shortconv.l_cache'].some(
    (key) => number(key) !== undefined,
  )
  return {
    parameters: gguf.tensors.reduce((sum, { shape }) => sum + product(shape), 0),
    quantization,
    contextLength,
    weightBytes,
    kvBytesPerToken,
    workingBytes: programBytes + activations + scores,
    ...(unpacks && { unpacks }),
    estimated: other || kvBytesPerToken === 0 ? ['window'] : [],
  }
}

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)

/** Weights in memory: those of 4 bits with a minimum (Q4_1) are unpacked where that leaves room. */
function weightsOf(tensors: readonly GgufTensor[]) {
  const byType = new Map<string, number>()
  for (const { type, shape } of tensors) byType.set(type.name, (byType.get(type.name) ?? 0) + product(shape))
  const quantization = [...byType].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ''
  const packed = tensors.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const unpacked = tensors.reduce(
    (sum, { type, shape, sizeBytes }) => sum + (type.name === 'Q4_1' ? product(shape) * 4 : sizeBytes),
    0,
  )
  const unpacks = quantization === 'Q4_1' && unpacked <= mostUnpackedBytes
  return { quantization, weightBytes: unpacks ? unpacked : packed, unpacks: unpacks || undefined }
}
