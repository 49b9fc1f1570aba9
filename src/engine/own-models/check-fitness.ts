import { numberOf, textOf, textsOf } from '#engine/gguf/gguf-values.ts'
import type { Gguf } from '#engine/gguf/read-gguf.ts'
import { fitFor } from './architectures.ts'

/** The largest file that the CPU engine takes: its WebAssembly has 4 GiB for weights, cache and all else. */
const mostFileBytes = 2 * 1024 ** 3

/** Why a file cannot be a model for `use` here, in words; undefined where it can. Looks at the header alone. */
export function whyUnfit(gguf: Gguf, sizeBytes: number, use: 'chat' | 'embedding'): string | undefined {
  const parts = numberOf(gguf, 'split.count') ?? 1
  if (parts > 1)
    return `it is one of ${parts} parts of a model. Join the parts first (llama-gguf-split --merge), then bring the whole file.`
  if (sizeBytes > mostFileBytes)
    return `it has ${gigabytes(sizeBytes)}; the CPU engine takes files of at most ${gigabytes(mostFileBytes)}. Take a smaller model, or one with fewer bits to a weight.`
  const kind = textOf(gguf, 'general.type') ?? 'model'
  if (kind !== 'model') return `it holds no model but what is added to one (${kind}).`
  const architecture = textOf(gguf, 'general.architecture')
  if (architecture === undefined) return 'its header names no architecture.'
  const found = fitFor(architecture)
  if (found === 'none') return `its architecture is “${architecture}”, which is not known to run here.`
  if (use === 'embedding') {
    const why = whyNoEmbedder(gguf, architecture)
    if (why) return why
  } else if (found === 'embedding')
    return `it is an embedder (${architecture}): it writes no text. It can be chosen in Settings, under Memory.`
  if (gguf.tensors.length === 0) return 'it has a header and no weights.'
  if (textsOf(gguf, 'tokenizer.ggml.tokens').length === 0) return 'it has no vocabulary.'
  if (numberOf(gguf, `${architecture}.context_length`) === undefined) return 'its header does not say how long its context is.'
  const end = Math.max(...gguf.tensors.map(({ offset, sizeBytes: size }) => offset + size))
  if (end > sizeBytes)
    return `it ends ${gigabytes(end - sizeBytes)} before its last weights: it was cut off, perhaps by a broken download.`
  return undefined
}

/** Llama.cpp's numbers for how token vectors become one (`llama_pooling_type`). */
export const poolings: Readonly<Record<number, 'mean' | 'cls' | 'last'>> = { 1: 'mean', 2: 'cls', 3: 'last' }

/** Encoders make vectors of texts; decoders that were trained to do so say how theirs become one. */
function whyNoEmbedder(gguf: Gguf, architecture: string): string | undefined {
  const pooling = numberOf(gguf, `${architecture}.pooling_type`)
  if (pooling === 4) return 'it ranks pairs of texts and makes no vectors.'
  if (fitFor(architecture) === 'embedding' ? pooling === undefined || poolings[pooling] : poolings[pooling ?? 0]) return undefined
  return `it is a model that writes text (${architecture}), not an embedder.`
}

function gigabytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${Math.ceil(bytes / 1e6)} MB` : `${bytes} bytes`
}
