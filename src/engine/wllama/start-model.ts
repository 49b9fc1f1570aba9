import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { openModelFile } from '#engine/model-files/open-model-file.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import { EngineError, type LoadProgress, type LoadRequest } from '#ports/engine.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { chooseThreads } from './choose-threads.ts'
import { expandGguf } from './expand-gguf.ts'
import { mayExpand } from './may-expand.ts'
import { type Runner, startRunner } from './runner.ts'

/** A loaded model; `restart` gives the same in a fresh worker, with an empty KV cache. */
export type StartedModel = {
  readonly counter: TokenCounter
  readonly runner: Runner
  readonly runsOn: string
  readonly restart: () => Promise<Runner>
}

/** Fetches and checks what is missing, expands the weights where memory allows, and loads them. */
export async function startModel(
  { model, windowTokens }: LoadRequest,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<StartedModel> {
  const build = model.builds.wllama
  const weights = build?.files.find((file) => file.role === 'weights')
  if (!build || !weights) throw new EngineError('internal', `${model.name} has no build for the CPU engine.`)
  await ensureModelFiles(build, { mayDownload: model.source === 'built-in', onProgress, signal })
  const tokenizer = await openModelFile(model.tokenizerUrl)
  const counter = loadTokenCounter(model.tokenizerId, JSON.parse(await tokenizer.text()))

  onProgress({ type: 'prepare' })
  const { deviceMemory } = navigator as { deviceMemory?: number }
  const expands = model.quantization === 'Q4_1' && mayExpand(build, windowTokens, deviceMemory)
  const file = await openModelFile(weights.url)
  const threads = await chooseThreads()
  const start = async (abort: AbortSignal, onRead: (fraction: number) => void) =>
    startRunner(expands ? await expandGguf(file, onRead) : file, windowTokens, threads, abort)
  const runner = await start(signal, (fraction) => onProgress({ type: 'prepare', fraction }))
  const cores = runner.threads === 1 ? '1 thread' : `${runner.threads} threads`
  return {
    counter,
    runner,
    runsOn: `CPU, ${cores}${expands ? ', weights unpacked' : ''}`,
    restart: () => start(new AbortController().signal, () => {}),
  }
}
