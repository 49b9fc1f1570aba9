/**
 * The dimensions of a decoder, which say what it takes in memory. They are those of the models' own config.json, as
 * mlc-llm lists them in python/mlc_llm/model/model_preset.py.
 */
export type ModelShape = {
  readonly layers: number
  readonly hidden: number
  readonly heads: number
  readonly kvHeads: number
  readonly headDim: number
  readonly intermediate: number
  readonly vocabulary: number
  /** Whether input and output share one table of embeddings. */
  readonly tied: boolean
  /** Longest context it was trained for, in tokens. */
  readonly contextLength: number
}

/** Weights of a decoder with gated feed-forward layers. Norms and biases, a few thousandths, are left out. */
function parametersOf(shape: ModelShape): number {
  const { layers, hidden, heads, kvHeads, headDim, intermediate, vocabulary, tied } = shape
  const attention = 2 * hidden * heads * headDim + 2 * hidden * kvHeads * headDim
  return layers * (attention + 3 * hidden * intermediate) + vocabulary * hidden * (tied ? 1 : 2)
}

/** Keys and values of one token in one layer: one buffer of the cache holds those of all tokens. */
export function kvBufferBytesPerToken({ kvHeads, headDim }: Pick<ModelShape, 'kvHeads' | 'headDim'>, valueBytes: number): number {
  return 2 * kvHeads * headDim * valueBytes
}

/** Dimensions that are worked out from the package's records and from reports, where no config is at hand. */
export type EstimatedShape = Pick<ModelShape, 'kvHeads' | 'headDim' | 'contextLength'> & {
  readonly parameters: number
  /** Layers that keep keys and values for every token; the others keep a state of fixed size. */
  readonly kvLayers: number
}

/** What the memory of a model is computed from. */
export type MemoryFigures = {
  readonly parameters: number
  readonly kvLayers: number
  /** Weights of the table of embeddings, the largest of all; absent where it is not known. */
  readonly largestTable?: number
  readonly estimated: boolean
}

export function memoryFigures(shape: ModelShape | EstimatedShape): MemoryFigures {
  if ('parameters' in shape) return { parameters: shape.parameters, kvLayers: shape.kvLayers, estimated: true }
  const { layers, vocabulary, hidden } = shape
  return { parameters: parametersOf(shape), kvLayers: layers, largestTable: vocabulary * hidden, estimated: false }
}
