import { numberOf, textOf } from '#engine/gguf/gguf-values.ts'
import type { Gguf } from '#engine/gguf/read-gguf.ts'
import type { EmbedderModel } from '#ports/embedder.ts'
import type { ModelFile } from '#ports/model.ts'
import { poolings } from './check-fitness.ts'

/** The program and its working room, as measured with the embedder that comes with Longhand. */
const programBytes = 200e6
/** Matrices of 8 bits are unpacked to float32 up to this, which reads three times faster. */
const mostUnpackedBytes = 2 ** 29
/** A message is read up to so many tokens, however long the model's own window. */
const mostTokens = 512

/** The embedder of a user's own file, from a header that was found fit. */
export function ownEmbedder(gguf: Gguf, id: string, fileName: string, file: ModelFile): EmbedderModel {
  const architecture = textOf(gguf, 'general.architecture') ?? ''
  const pooling = poolings[numberOf(gguf, `${architecture}.pooling_type`) ?? 1]
  const unpackedBytes = gguf.tensors.reduce((sum, { name, type, shape, sizeBytes }) => {
    const unpacks = type.name === 'Q8_0' && name !== 'token_embd.weight'
    return sum + (unpacks ? shape.reduce((a, b) => a * b, 4) : sizeBytes)
  }, 0)
  const packed = unpackedBytes > mostUnpackedBytes
  const named = textOf(gguf, 'general.name')?.trim()
  return {
    id,
    name: named || fileName.replace(/\.gguf$/i, ''),
    dimensions: numberOf(gguf, `${architecture}.embedding_length`) ?? 0,
    licence: { name: textOf(gguf, 'general.license') ?? '', url: '' },
    file,
    memoryBytes: programBytes + (packed ? file.sizeBytes : unpackedBytes),
    ...(pooling && pooling !== 'mean' && { pooling }),
    readTokens: Math.min(mostTokens, numberOf(gguf, `${architecture}.context_length`) ?? mostTokens),
    own: { packed },
  }
}
