import type { RollingWindow } from '#context/rolling-window.ts'
import type { PromptPart } from '#context/template.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'
import { collectReply, type Reply } from '#engine/testing/collect-reply.ts'
import { generateTokens } from '#engine/webllm/generate-tokens.ts'
import { loadPipeline, type Pipeline } from '#engine/webllm/pipeline.ts'
import type { KvContents } from '#engine/webllm/plan-reading.ts'
import { scoreTokens } from '#engine/webllm/score-tokens.ts'
import { createSequencePool, type Place, type SequencePool } from '#engine/webllm/sequence-pool.ts'
import type { GenerateEvent, GenerateRequest, ScoreRequest, TokenScore } from '#ports/engine.ts'
import { assert } from '#shared/assert.ts'

const never = new AbortController().signal

/** The tiny model in this very thread, with a record of every token that was fed to it. */
export class TinySession {
  readonly pipeline: Pipeline
  /** Tokens read, call by call, since the last `forget`. */
  readonly fed: number[][] = []
  /** What stood in the sequence last read to. */
  kv: KvContents = { ids: [], spans: [] }
  pool: SequencePool

  constructor(pipeline: Pipeline) {
    this.pipeline = {
      ...pipeline,
      read: (ids) => {
        this.fed.push([...ids])
        return pipeline.read(ids)
      },
    }
    this.pool = createSequencePool(this.pipeline)
  }

  /** The tiny model, or another whose files are at hand. */
  static async load(windowTokens: number, model = tinyModel, rolling?: RollingWindow): Promise<TinySession> {
    const build = model.builds.webllm
    assert(build?.baseUrl && build.libraryUrl, 'the model has a GPU build')
    await ensureModelFiles(build, { mayDownload: true, onProgress: () => {}, signal: never })
    const addresses = { baseUrl: absoluteUrl(build.baseUrl), libraryUrl: absoluteUrl(build.libraryUrl) }
    return new TinySession(
      await loadPipeline({ modelId: model.id, ...addresses, windowTokens, rolling, onProgress: () => {}, signal: never }),
    )
  }

  /** Empties the KV cache. */
  reset(): void {
    this.pool.clear()
    this.kv = { ids: [], spans: [] }
    this.fed.length = 0
  }

  async *events(request: GenerateRequest, signal = never, owner?: string): AsyncGenerator<GenerateEvent> {
    this.fed.length = 0
    const { prompt, sampling } = request
    const place = this.pool.place({ prompt, owner, least: 0, most: sampling.maxOutputTokens })
    yield* generateTokens(this.pipeline, place.kv, request, signal, this.#noted(place))
  }

  #noted({ keep }: Place) {
    return (kv: KvContents) => {
      this.kv = kv
      keep(kv)
    }
  }

  score(request: ScoreRequest, signal = never): Promise<readonly TokenScore[]> {
    this.fed.length = 0
    const tokens = this.pipeline.encode(request.text).length
    const place = this.pool.place({ prompt: request.prompt, least: tokens, most: tokens })
    return scoreTokens(this.pipeline, place.kv, request, { onProgress: () => {}, signal }, this.#noted(place))
  }

  reply(request: GenerateRequest, signal = never, owner?: string): Promise<Reply> {
    return collectReply(this.events(request, signal, owner))
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
