import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { wellFormed } from '#engine/tokenizer/load-token-counter.ts'
import { textVector } from '#memory/text-vector.ts'
import { ensureNodeLlama } from '../../../remote/node-llama.ts'
import type { TextEmbedder } from './embed-in-browser.ts'

const file = '.models/all-minilm-l6-v2/model.gguf'
/** As the product's adapter reads a text: its first thousand characters, fewer where they are more tokens than the model takes. */
const readCharacters = 1000

type Library = {
  getLlama(options: object): Promise<{
    loadModel(options: object): Promise<{
      createEmbeddingContext(
        options: object,
      ): Promise<{ getEmbeddingFor(text: string): Promise<{ readonly vector: readonly number[] }> }>
    }>
  }>
}

/** The same file by llama.cpp itself, on one thread: ten times as fast as in a page, and the same numbers but for rounding. */
export async function embedNatively(): Promise<TextEmbedder> {
  const library = (await import(pathToFileURL(resolve(ensureNodeLlama(), 'node-llama-cpp/dist/index.js')).href)) as Library
  const llama = await library.getLlama({ gpu: false, build: 'never', logLevel: 'error' })
  const model = await llama.loadModel({ modelPath: resolve(file) })
  const context = await model.createEmbeddingContext({ contextSize: 512, threads: 1 })

  async function embedAtMost(text: string, characters: number): Promise<string> {
    const read = wellFormed(text.slice(0, characters))
    if (!/\S/.test(read)) return ''
    try {
      const kept = textVector((await context.getEmbeddingFor(read)).vector)
      return kept ? Buffer.from(kept.buffer).toString('base64') : ''
    } catch (error) {
      if (characters > 32 && /context/i.test(String(error))) return embedAtMost(text, characters >> 1)
      throw error
    }
  }
  return {
    async embed(texts) {
      const all: string[] = []
      for (const text of texts) all.push(await embedAtMost(text, readCharacters))
      return all
    },
    close: async () => {},
  }
}
