import { ensureModelFiles } from '#engine/model-files/ensure-model-files.ts'
import { absoluteUrl } from '#engine/model-files/wanted-file.ts'
import { EngineError, type LoadProgress } from '#ports/engine.ts'
import type { ModelBuild } from '#ports/model.ts'
import { tryLoad } from './try-load.ts'

type Options = {
  /** The model's, for what is said where it cannot run. */
  readonly name: string
  readonly windowTokens: number
  readonly mayDownload: boolean
  /** Fetches model files; the worker's own `fetch` may answer from the cache only. */
  readonly fetch: typeof fetch
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
}

/** Where the files are that web-llm loads next, and how much memory a trial could have. */
export type PreparedBuild = { readonly baseUrl: string; readonly libraryUrl: string; readonly triedBytes: number }

/** All that stands between a build and web-llm: a GPU, every file checked, and a trial that the memory is there. */
export async function prepareBuild(build: ModelBuild | undefined, options: Options): Promise<PreparedBuild> {
  const { name, windowTokens, mayDownload, onProgress, signal } = options
  if (!build?.baseUrl || !build.libraryUrl) throw new EngineError('internal', `${name} has no build for the GPU engine.`)
  const adapter = await requireGpu(name, build)
  await ensureModelFiles(build, { mayDownload, onProgress, signal, fetch: options.fetch })
  if (signal.aborted) throw cancelled()
  onProgress({ type: 'prepare', fraction: 0 })
  const triedBytes = await tryLoad(adapter, build, windowTokens)
  if (signal.aborted) throw cancelled()
  return { baseUrl: absoluteUrl(build.baseUrl), libraryUrl: absoluteUrl(build.libraryUrl), triedBytes }
}

const cancelled = () => new EngineError('aborted', 'Loading was cancelled.')

/** Says what is missing before anything is downloaded. */
async function requireGpu(name: string, { needsF16 }: ModelBuild): Promise<GPUAdapter> {
  const gpu = navigator.gpu as GPU | undefined
  if (!gpu) throw new EngineError('no-gpu', 'This browser offers no WebGPU here.')
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new EngineError('no-gpu', 'The browser gives this page no GPU.')
  if (needsF16 && !adapter.features.has('shader-f16'))
    throw new EngineError('unsupported-device', `${name} needs half precision (shader-f16), which this GPU does not offer.`)
  return adapter
}
