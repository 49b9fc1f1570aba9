import { MLCEngine } from '@mlc-ai/web-llm'
import { type ChatCompletionResponse, Wllama } from '@wllama/wllama/esm/index.js'
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { openModelFile } from '#engine/model-files/open-model-file.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'
import type { Model } from '#ports/model.ts'
import { assert } from '#shared/assert.ts'

/** A library alone, driven as its own examples do: all messages, every time, through its chat API. Greedy. */
export type PlainEngine = {
  ask(
    instructions: string,
    texts: readonly string[],
  ): Promise<{ readonly reply: string; readonly prompt: number; readonly read: number }>
  close(): Promise<void>
}

/** Its types leave the timings out. */
type Answer = ChatCompletionResponse & { readonly timings?: { readonly cache_n: number; readonly prompt_n: number } }

const never = new AbortController().signal

function messagesOf(instructions: string, texts: readonly string[]) {
  const turn = (content: string, index: number) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }) as const
  return [{ role: 'system', content: instructions } as const, ...texts.map(turn)]
}

/** `count` is asked for whole prompts: the library tells only what it read. */
export async function openPlainWebllm(
  model: Model,
  windowTokens: number,
  replyTokens: number,
  count: (instructions: string, texts: readonly string[]) => number,
): Promise<PlainEngine> {
  const build = model.builds.webllm
  assert(build?.baseUrl && build.libraryUrl, 'the model has a GPU build')
  await ensureModelFiles(build, { mayDownload: true, onProgress: () => {}, signal: never })
  const entry = { model: absoluteUrl(build.baseUrl), model_id: model.id, model_lib: absoluteUrl(build.libraryUrl) }
  const engine = new MLCEngine({ appConfig: { model_list: [entry], cacheBackend: 'cache' }, logLevel: 'ERROR' })
  await engine.reload(model.id, { context_window_size: windowTokens, sliding_window_size: -1, attention_sink_size: -1 })
  return {
    async ask(instructions, texts) {
      const messages = messagesOf(instructions, texts)
      const { choices, usage } = await engine.chat.completions.create({ messages, max_tokens: replyTokens, temperature: 0 })
      assert(usage, 'the library tells what it read')
      return { reply: choices[0]?.message.content ?? '', prompt: count(instructions, texts), read: usage.prompt_tokens }
    },
    close: () => engine.unload(),
  }
}

export async function openPlainWllama(model: Model, windowTokens: number, replyTokens: number): Promise<PlainEngine> {
  const build = model.builds.wllama
  const weights = build?.files.find((file) => file.role === 'weights')
  assert(build && weights, 'the model has a CPU build')
  await ensureModelFiles(build, { mayDownload: true, onProgress: () => {}, signal: never })
  const wllama = new Wllama({ default: wasmUrl })
  // Without this it would fetch code from a public host where a browser lacks a feature.
  wllama.setCompat(null)
  await wllama.loadModel([await openModelFile(weights.url)], { n_ctx: windowTokens, n_gpu_layers: 0 })
  return {
    async ask(instructions, texts) {
      const messages = messagesOf(instructions, texts)
      const answer: Answer = await wllama.createChatCompletion({ messages, max_tokens: replyTokens, temperature: 0 })
      const { choices, timings } = answer
      assert(timings, 'the library tells what it read')
      const { cache_n, prompt_n } = timings
      return { reply: choices[0]?.message.content ?? '', prompt: cache_n + prompt_n, read: prompt_n }
    },
    close: () => wllama.exit(),
  }
}
