import type { EngineName, Model } from '#ports/model.ts'
import type { Settings } from './settings.ts'
import type { Device } from './state.ts'

export type EngineChoice = { readonly engine: EngineName } | { readonly cannotRun: string }

/** Which engine runs a model here: the GPU where there is a real one, else the CPU, unless the user decided otherwise. */
export function chooseEngine(
  model: Model,
  device: Device,
  runsOn: Settings['runsOn'],
  available: readonly EngineName[],
): EngineChoice {
  const can = (engine: EngineName) => model.builds[engine] !== undefined && available.includes(engine)
  if (model.source === 'remote')
    return can('remote')
      ? { engine: 'remote' }
      : { cannotRun: 'It runs on a server, and this tab may talk to none: reload the tab that runs the model.' }
  if (model.source === 'browser')
    return can('browser') ? { engine: 'browser' } : { cannotRun: 'This browser offers no model of its own.' }
  if (can('scripted')) return { engine: 'scripted' }

  const gpuReason = whyNoGpu(model, device)
  if (runsOn === 'gpu')
    return can('webllm') && !gpuReason ? { engine: 'webllm' } : { cannotRun: gpuReason ?? 'It has no build for the GPU.' }
  if (runsOn === 'cpu') return can('wllama') ? { engine: 'wllama' } : { cannotRun: 'It has no build for the CPU.' }

  if (can('webllm') && !gpuReason && device.gpu === 'real') return { engine: 'webllm' }
  if (can('wllama')) return { engine: 'wllama' }
  if (can('webllm') && !gpuReason) return { engine: 'webllm' }
  return { cannotRun: gpuReason ?? 'It cannot run in this browser.' }
}

function whyNoGpu(model: Model, device: Device): string | undefined {
  if (device.gpu === 'none') return 'This browser offers no GPU (WebGPU) to pages.'
  if (model.builds.webllm?.needsF16 && device.shaderF16 === false)
    return 'It needs half precision (shader-f16), which this GPU does not offer.'
  return undefined
}
