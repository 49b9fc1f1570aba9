import type { PromptPart } from '#context/template.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'
import { generateTokens } from '#engine/webllm/generate-tokens.ts'
import { loadPipeline, type Pipeline } from '#engine/webllm/pipeline.ts'
import type { KvContents } from '#engine/webllm/plan-reading.ts'
import { scoreTokens } from '#engine/webllm/score-tokens.ts'
import type { GenerateEvent, GenerateRequest, ScoreRequest, TokenScore } from '#ports/engine.ts'
import { assert } from '#shared/assert.ts'

const never = new AbortController().signal
type End = Extract<GenerateEvent, { type: 'generation-end' }>
export type Reply = { readonly text: string; readonly end: End }

/** The tiny model in this very thread, with a record of every token that was fed to it. */
export class TinySession {
  readonly pipeline: Pipeline
  /** Tokens read, call by call, since the last `forget`. */
  readonly fed: number[][] = []
  kv: KvContents = { ids: [], spans: [] }

  constructor(pipeline: Pipeline) {
    this.pipeline = {
      ...pipeline,
      read: (ids) => {
        this.fed.push([...ids])
        return pipeline.read(ids)
      },
    }
  }

  static async load(windowTokens: number): Promise<TinySession> {
    const build = tinyModel.builds.webllm
    assert(build?.baseUrl && build.libraryUrl, 'the fixture has a GPU build')
    await ensureModelFiles(build, { mayDownload: true, onProgress: () => {}, signal: never })
    const addresses = { baseUrl: absoluteUrl(build.baseUrl), libraryUrl: absoluteUrl(build.libraryUrl) }
    return new TinySession(
      await loadPipeline({ modelId: tinyModel.id, ...addresses, windowTokens, onProgress: () => {}, signal: never }),
    )
  }

  /** Empties the KV cache. */
  reset(): void {
    this.pipeline.truncate(0)
    this.kv = { ids: [], spans: [] }
    this.fed.length = 0
  }

  async *events(request: GenerateRequest, signal = never): AsyncGenerator<GenerateEvent> {
    this.fed.length = 0
    yield* generateTokens(this.pipeline, this.kv, request, signal, (kv) => {
      this.kv = kv
    })
  }

  score(request: ScoreRequest, signal = never): Promise<readonly TokenScore[]> {
    this.fed.length = 0
    return scoreTokens(this.pipeline, this.kv, request, { onProgress: () => {}, signal }, (kv) => {
      this.kv = kv
    })
  }

  async reply(request: GenerateRequest, signal = never): Promise<Reply> {
    let text = ''
    for await (const event of this.events(request, signal)) {
      if (event.type === 'text-delta') text += event.text
      if (event.type === 'generation-end') return { text, end: event }
    }
    throw new Error('The generation ended without its last event.')
  }
}

const { user, assistant, system } = tinyModel.template

/** Templated parts: a system text, user and assistant texts in turn, and the opening of the reply. */
export function chatPrompt(instructions: string, texts: readonly string[], begun = ''): PromptPart[] {
  const turns = texts.map((text, index): PromptPart => {
    const [role, affix] = index % 2 === 0 ? (['user', user] as const) : (['assistant', assistant] as const)
    return { role, text: affix.before + text + affix.after }
  })
  const head: PromptPart = { role: 'system', text: system.before + instructions + system.after }
  return [head, ...turns, { role: 'reply', text: assistant.before + begun }]
}

/** A greedy request. */
export function greedy(prompt: readonly PromptPart[], maxOutputTokens: number): GenerateRequest {
  return { prompt, sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens }, stop: tinyModel.template.stop }
}
