/** A tensor encoding of GGUF: `blockValues` numbers are stored together in `blockBytes` bytes. */
export type GgmlType = { readonly name: string; readonly blockValues: number; readonly blockBytes: number }

/** The encodings that we can size, by their number in the file (the GGUF specification's list of tensor types). */
export const ggmlTypes: Readonly<Record<number, GgmlType>> = {
  0: { name: 'F32', blockValues: 1, blockBytes: 4 },
  1: { name: 'F16', blockValues: 1, blockBytes: 2 },
  2: { name: 'Q4_0', blockValues: 32, blockBytes: 18 },
  3: { name: 'Q4_1', blockValues: 32, blockBytes: 20 },
  6: { name: 'Q5_0', blockValues: 32, blockBytes: 22 },
  7: { name: 'Q5_1', blockValues: 32, blockBytes: 24 },
  8: { name: 'Q8_0', blockValues: 32, blockBytes: 34 },
  10: { name: 'Q2_K', blockValues: 256, blockBytes: 84 },
  11: { name: 'Q3_K', blockValues: 256, blockBytes: 110 },
  12: { name: 'Q4_K', blockValues: 256, blockBytes: 144 },
  13: { name: 'Q5_K', blockValues: 256, blockBytes: 176 },
  14: { name: 'Q6_K', blockValues: 256, blockBytes: 210 },
  30: { name: 'BF16', blockValues: 1, blockBytes: 2 },
}
