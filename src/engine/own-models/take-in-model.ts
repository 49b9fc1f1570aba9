import { tokenizerFromGguf } from '#engine/gguf/gguf-tokenizer.ts'
import type { EmbedderModel } from '#ports/embedder.ts'
import type { Model } from '#ports/model.ts'
import { ownEmbedder } from './own-embedder.ts'
import { ownModel } from './own-model.ts'
import type { MakeOf } from './take-in-file.ts'

/** A model to talk to, with the tokenizer that its vocabulary makes where its kind is known. */
export const chatModelOf: MakeOf<Model> = {
  use: 'chat',
  beside(gguf) {
    const json = tokenizerFromGguf(gguf)
    return json && { name: 'tokenizer.json', json, role: 'tokenizer' }
  },
  describe: ({ beside, ...about }) => ownModel({ ...about, ...(beside && { tokenizer: beside }) }),
}

/** A model that makes vectors of texts; the engine counts its tokens itself. */
export const embedderOf: MakeOf<EmbedderModel> = {
  use: 'embedding',
  beside: () => undefined,
  describe: ({ gguf, id, fileName, weights }) => ownEmbedder(gguf, id, fileName, weights),
}
