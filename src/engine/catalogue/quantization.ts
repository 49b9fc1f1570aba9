/** How weights are stored and what the arithmetic is done in, as the names of mlc-llm say it: q4f16_1, q0f32. */
export type Quantization = {
  /** For people: "4-bit, half precision". */
  readonly name: string
  /** Bits a weight takes, with the scale of its group. */
  readonly weightBits: number
  /** Bytes of a key or value in the cache, and of an activation. */
  readonly valueBytes: 2 | 4
  /** Bits of a weight in the buffer that holds a whole matrix, without the scales. */
  readonly bufferBits: number
}

/** Groups of 32 weights share a scale of 16 or 32 bits; 3-bit ones are packed ten to a word, in groups of 40. */
const known: Readonly<Record<string, Quantization>> = {
  q4f16_1: { name: '4-bit, f16', weightBits: 4 + 16 / 32, valueBytes: 2, bufferBits: 4 },
  q4f32_1: { name: '4-bit, f32', weightBits: 4 + 32 / 32, valueBytes: 4, bufferBits: 4 },
  q3f16_1: { name: '3-bit, f16', weightBits: 32 / 10 + 16 / 40, valueBytes: 2, bufferBits: 32 / 10 },
  q0f16: { name: '16-bit', weightBits: 16, valueBytes: 2, bufferBits: 16 },
  q0f32: { name: '32-bit', weightBits: 32, valueBytes: 4, bufferBits: 32 },
}

/** Throws for a name that is not known: the figures of the catalogue would be invented. */
export function quantizationOf(name: string): Quantization {
  const found = known[name]
  if (!found) throw new Error(`The catalogue does not know the quantization ${name}.`)
  return found
}
