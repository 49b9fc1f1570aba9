import { EngineError } from '#ports/engine.ts'
import { fieldsOf, loadWebllm, type WebllmOptions } from './load-webllm.ts'

/** What is private of web-llm's pipeline for embedders and is used here, as version 0.2.86 has it. */
type Internals = { readonly tokenizer: { encode(text: string): Int32Array } }

/** A loaded embedder. What computes rejects with `device-lost` when the GPU goes away. */
export type EmbedderPipeline = {
  /** Tokens of a text, with or without those that stand around it: that is the tokenizer's own doing. */
  encode(text: string): number[]
  /** What the library gives for the first of some tokens, at most as many as the window has; not of length one. */
  embed(ids: readonly number[]): Promise<readonly number[]>
  unload(): Promise<void>
}

/** Loads an embedder whose files are all in the browser's cache. */
export const loadEmbedderPipeline = (options: Omit<WebllmOptions, 'embeds'>): Promise<EmbedderPipeline> =>
  loadWebllm({ ...options, embeds: true }, ({ engine, pipeline, watch }) => {
    const { tokenizer } = fieldsOf<Internals>(pipeline, { tokenizer: 'object' })
    return {
      encode(text) {
        watch.check()
        return text === '' ? [] : Array.from(tokenizer.encode(text))
      },
      embed: (ids) =>
        watch.guard(async () => {
          const { data } = await engine.embeddings.create({ input: [[...ids]] })
          const vector = data[0]?.embedding
          if (!vector) throw new EngineError('internal', 'web-llm gave no vector for a text.')
          return vector
        }),
      async unload() {
        // After a loss web-llm has already freed what it can.
        if (!watch.lostNow()) await engine.unload()
        watch.destroy()
      },
    }
  })
