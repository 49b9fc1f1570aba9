import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { openModelFile } from '#engine/model-files/open-model-file.ts'
import { ofOwnFile } from '#engine/own-models/own-file-lost.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import { EngineError, type LoadProgress, type LoadRequest, type SelfTestResult } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { chooseThreads } from './choose-threads.ts'
import { expandGguf } from './expand-gguf.ts'
import { mayExpand } from './may-expand.ts'
import { countsAgree, testModel } from './prove-model.ts'
import { type Runner, startRunner } from './runner.ts'

/** A loaded model; `restart` gives the same in a fresh worker, with an empty KV cache. */
export type StartedModel = {
  /** Counts as the engine does; absent where the page has no tokenizer, or one that differs. */
  readonly counter?: TokenCounter
  readonly runner: Runner
  readonly runsOn: string
  /** Of a user's own file, which nobody has tried before. */
  readonly selfTest?: SelfTestResult
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
  await ensureModelFiles(build, { mayDownload: model.source === 'built-in', onProgress, signal }).catch((error: unknown) => {
    throw model.source === 'file' ? ofOwnFile(error) : error
  })
  const counter = await openCounter(model)

  onProgress({ type: 'prepare' })
  const { deviceMemory } = navigator as { deviceMemory?: number }
  const expands = build.unpacks === true && mayExpand(build, windowTokens, deviceMemory)
  const file = await openModelFile(weights.url)
  const threads = await chooseThreads()
  const start = async (abort: AbortSignal, onRead: (fraction: number) => void) =>
    startRunner(expands ? await expandGguf(file, onRead) : file, windowTokens, threads, abort)
  const runner = await start(signal, (fraction) => onProgress({ type: 'prepare', fraction }))
  const tried = model.source === 'file' ? await tryFile(runner, model, counter, signal) : { counter }
  const cores = runner.threads === 1 ? '1 thread' : `${runner.threads} threads`
  return {
    ...(tried.counter && { counter: tried.counter }),
    ...('selfTest' in tried && tried.selfTest && { selfTest: tried.selfTest }),
    runner,
    runsOn: `CPU, ${cores}${expands ? ', weights unpacked' : ''}`,
    restart: () => start(new AbortController().signal, () => {}),
  }
}

async function openCounter({ tokenizerId, tokenizerUrl }: Model): Promise<TokenCounter | undefined> {
  if (tokenizerUrl === '') return undefined
  const tokenizer = await openModelFile(tokenizerUrl)
  return loadTokenCounter(tokenizerId, JSON.parse(await tokenizer.text()))
}

/** What is only said by a file that nobody knows is tried before it is relied on: that it computes, and how it counts. */
async function tryFile(runner: Runner, model: Model, counter: TokenCounter | undefined, signal: AbortSignal) {
  try {
    const agrees = counter !== undefined && (await countsAgree(runner, model, counter, signal))
    const selfTest = model.selfTest && (await testModel(runner, model.selfTest, model, signal))
    return { counter: agrees ? counter : undefined, selfTest }
  } catch (error) {
    await runner.exit()
    throw signal.aborted ? new EngineError('aborted', 'Loading was cancelled.') : error
  }
}
