import type { EmbedderProgram } from '#engine/embedder/serve-embedder.ts'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { openModelFile } from '#engine/model-files/open-model-file.ts'
import { ofOwnFile } from '#engine/own-models/own-file-lost.ts'
import { wellFormed } from '#engine/tokenizer/load-token-counter.ts'
import { EngineError } from '#ports/engine.ts'
import { expandGguf } from './expand-gguf.ts'
import { type LoadedWllama, loadWllama, runError } from './load-wllama.ts'

/** Tokens that the model has places for; a text is read whole, in one step. */
const windowTokens = 512
/** About 230 tokens of English; the model was trained on 256 at most. */
const readCharacters = 1000

/** Embeds with llama.cpp in WebAssembly, on one thread: the others belong to whoever writes. */
export function wllamaEmbedderProgram(): EmbedderProgram {
  let loaded: LoadedWllama | undefined

  async function clear(): Promise<void> {
    const { wllama } = loaded ?? {}
    loaded = undefined
    await wllama?.exit()
  }

  async function embedAtMost(text: string, characters: number): Promise<readonly number[] | undefined> {
    if (!loaded) throw new EngineError('not-loaded', 'No embedder is loaded.')
    try {
      const embedding = loaded.wllama.createEmbedding({ input: wellFormed(text.slice(0, characters)) })
      const [first] = (await loaded.unlessBroken(embedding)).data
      return Array.isArray(first?.embedding) ? first.embedding : undefined
    } catch (error) {
      const failure = runError(error)
      // Rare scripts and long numbers take a token for each character, or more.
      if (failure.type === 'context-overflow' && characters > 32) return embedAtMost(text, characters >> 1)
      if (failure.type === 'worker-crashed') await clear()
      throw failure
    }
  }

  return {
    async load(model, onProgress, signal) {
      await clear()
      if (!model.file) throw new EngineError('internal', `${model.name} is no embedder for the CPU.`)
      const { file, pooling, readTokens = windowTokens, own } = model
      await ensureModelFiles({ files: [file] }, { mayDownload: !own, onProgress, signal }).catch((error: unknown) => {
        throw own ? ofOwnFile(error) : error
      })
      onProgress({ type: 'prepare' })
      const stored = await openModelFile(file.url)
      // A text of 200 tokens takes a third of the time with unpacked matrices; of the table of words few rows are read.
      const unpacked = own?.packed
        ? stored
        : await expandGguf(
            stored,
            (fraction) => onProgress({ type: 'prepare', fraction }),
            ({ name, type }) => type.name === 'Q8_0' && name !== 'token_embd.weight',
          )
      const parameters = {
        n_ctx: readTokens,
        n_batch: readTokens,
        n_ubatch: readTokens,
        n_parallel: 1,
        n_threads: 1,
        embeddings: true,
        pooling_type: pooling ?? 'mean',
      } as const
      loaded = await loadWllama(unpacked, parameters, signal)
    },
    embed: (text) => embedAtMost(text, readCharacters),
  }
}
