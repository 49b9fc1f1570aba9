import { MLCEngine, ModelType } from '@mlc-ai/web-llm'
import { version } from '@mlc-ai/web-llm/package.json'
import type { RollingWindow } from '#context/rolling-window.ts'
import { EngineError } from '#ports/engine.ts'
import { type DeviceWatch, watchDevices } from './watch-devices.ts'

const SUPPORTED_VERSION = '0.2.86'

export type WebllmOptions = {
  readonly modelId: string
  /** Absolute, ending in `/resolve/main/`. */
  readonly baseUrl: string
  readonly libraryUrl: string
  readonly windowTokens: number
  /** What of the window the cache keeps; absent: all of it. */
  readonly rolling?: RollingWindow | undefined
  /** An embedder and no chat model. */
  readonly embeds?: boolean
  readonly onProgress: (fraction: number) => void
  readonly signal: AbortSignal
}

/** What web-llm made of a model: its engine, its pipeline with all that is private of it, and the device under watch. */
export type LoadedWebllm = { readonly engine: MLCEngine; readonly pipeline: object; readonly watch: DeviceWatch }

/** Loads a model whose files are all in the browser's cache. What `drive` throws counts as a failed load. */
export async function loadWebllm<Driven>(options: WebllmOptions, drive: (loaded: LoadedWebllm) => Driven): Promise<Driven> {
  if (version !== SUPPORTED_VERSION)
    throw new EngineError('internal', `This adapter was made for web-llm ${SUPPORTED_VERSION}; ${version} is installed.`)
  const { modelId, windowTokens, rolling, embeds, signal } = options
  const devices = watchDevices()
  const kind = embeds ? { model_type: ModelType.embedding } : {}
  const engine = new MLCEngine({
    appConfig: {
      model_list: [{ model: options.baseUrl, model_id: modelId, model_lib: options.libraryUrl, ...kind }],
      cacheBackend: 'cache',
    },
    initProgressCallback: ({ text, progress }) => {
      if (text.startsWith('Loading model')) options.onProgress(progress * UPLOAD_SHARE)
      else if (text.startsWith('Loading GPU')) options.onProgress(UPLOAD_SHARE + progress * (1 - UPLOAD_SHARE))
    },
    logLevel: 'ERROR',
  })
  // Compiling shaders cannot be stopped, but with the device gone it ends at once.
  const abort = () => {
    void engine.unload()
    devices.destroy()
  }
  signal.addEventListener('abort', abort, { once: true })
  try {
    const windows = rolling
      ? { context_window_size: -1, sliding_window_size: rolling.keptTokens, attention_sink_size: rolling.sinkTokens }
      : { context_window_size: windowTokens, sliding_window_size: -1, attention_sink_size: -1 }
    await Promise.race([engine.reload(modelId, windows), devices.lost])
    const watch = devices.last()
    if (!watch) throw new EngineError('internal', 'web-llm asked for no GPU device.')
    watch.check()
    return drive({ engine, pipeline: pipelineOf(engine, modelId), watch })
  } catch (error) {
    // What the loss of a device makes of the work on it says less than the loss itself.
    const cause: unknown = await devices
      .last()
      ?.guard(() => Promise.reject(error))
      .catch((cause: unknown) => cause)
    devices.destroy()
    if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
    throw loadError(cause ?? error, embeds ? undefined : windowTokens)
  } finally {
    signal.removeEventListener('abort', abort)
    devices.stop()
  }
}

function pipelineOf(engine: MLCEngine, modelId: string): object {
  const pipelines = (engine as unknown as { loadedModelIdToPipeline?: Map<string, object> }).loadedModelIdToPipeline
  const pipeline = pipelines?.get(modelId)
  if (!pipeline) throw new EngineError('internal', 'web-llm loaded the model but gives no pipeline for it.')
  return pipeline
}

/** A pipeline as its private fields are, each looked at: throws where one is not of the type that is named. */
export function fieldsOf<Fields extends object>(
  pipeline: object,
  types: Readonly<Partial<Record<keyof Fields, string>>>,
): Fields {
  const fields = pipeline as Fields
  for (const [field, type] of Object.entries(types))
    if (typeof fields[field as keyof Fields] !== type)
      throw new EngineError('internal', `web-llm's pipeline has no usable field "${field}".`)
  return fields
}

/** Uploading the weights takes about this share of the time between the files and readiness; shaders take the rest. */
const UPLOAD_SHARE = 0.2

function loadError(error: unknown, windowTokens: number | undefined): EngineError {
  if (error instanceof EngineError && error.type === 'out-of-memory' && windowTokens !== undefined)
    return new EngineError(error.type, `With a window of ${windowTokens} tokens: ${error.message}`)
  if (error instanceof EngineError) return error
  // A runtime that gives up throws a bare object.
  const text = error instanceof Error ? error.message : JSON.stringify(error)
  if (/compatible GPU|WebGPU is not supported|WebGPUNotAvailable/i.test(text)) return new EngineError('no-gpu', text)
  if (/shader-f16|feature|Cannot initialize runtime/i.test(text)) return new EngineError('unsupported-device', text)
  return new EngineError('internal', `The model could not be prepared: ${text}`)
}
