import type { EmbedderProgram } from '#engine/embedder/serve-embedder.ts'
import { wellFormed } from '#engine/tokenizer/load-token-counter.ts'
import { EngineError } from '#ports/engine.ts'
import { type EmbedderPipeline, loadEmbedderPipeline } from './embedder-pipeline.ts'
import { aroundText, type SpecialTokens, specialTokens } from './embedder-tokens.ts'
import { prepareBuild } from './prepare-build.ts'

/** Characters a token that are read of a text before it is cut by tokens: no text of words has so many. */
const charactersAToken = 8

type Loaded = { readonly pipeline: EmbedderPipeline; readonly special: SpecialTokens; readonly readTokens: number }

/** Embeds on the GPU, with web-llm; `network` fetches model files where they may be fetched. */
export function webllmEmbedderProgram(network: typeof fetch): EmbedderProgram {
  let loaded: Loaded | undefined

  async function clear(): Promise<void> {
    const before = loaded
    loaded = undefined
    await before?.pipeline.unload()
  }

  return {
    async load(model, onProgress, signal) {
      await clear()
      const { id, name, gpu } = model
      if (!gpu) throw new EngineError('internal', `${name} is no embedder for the GPU.`)
      const { readTokens, source } = gpu
      const { triedBytes: _, ...addresses } = await prepareBuild(gpu.build, {
        name,
        windowTokens: readTokens,
        mayDownload: source === 'built-in',
        fetch: network,
        onProgress,
        signal,
      })
      const pipeline = await loadEmbedderPipeline({
        modelId: id,
        ...addresses,
        windowTokens: readTokens,
        onProgress: (fraction) => onProgress({ type: 'prepare', fraction }),
        signal,
      })
      try {
        if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
        loaded = { pipeline, special: specialTokens(pipeline.encode), readTokens }
      } catch (error) {
        await pipeline.unload()
        throw error
      }
    },
    async embed(text) {
      if (!loaded) throw new EngineError('not-loaded', 'No embedder is loaded.')
      const { pipeline, special, readTokens } = loaded
      const begin = wellFormed(text.trim().slice(0, readTokens * charactersAToken))
      return pipeline.embed(aroundText(pipeline.encode(begin), special, readTokens))
    },
  }
}
