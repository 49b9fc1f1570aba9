import type { Script } from '#engine/scripted/script.ts'
import type { Services } from '#runtime/services.ts'
import { readSettings } from '#runtime/settings-actions.ts'
import type { Device } from '#runtime/state.ts'

/**
 * In builds made for tests (`LONGHAND_TEST=1`) the address can set things up: `?engine=scripted` or `?engine=tiny` choose a
 * fixture instead of the real models, `settings` holds settings as JSON that are stored before the start. Of the scripted
 * one, `speed`, `window` and `reply` say how it answers, `load` how many milliseconds loading takes, `embedder=real` that the neural one is no scripted one, `fail` at which token
 * the device is lost, `refused` that the browser gives no GPU from the second load on, `room` the largest window that there is memory for, `silent` that it gives no sign of life, `gibberish` that it fails its self-test. `device` is what is found of the device, as JSON over what it really is. `globalThis.longhandStorage` is the storage, so that a test can put a history into it. Other builds
 * contain none of this.
 */
export async function testServices(real: Services): Promise<Services> {
  if (!import.meta.env.LONGHAND_TEST) return real
  const services = onDevice(real, new URLSearchParams(location.search).get('device'))
  Object.assign(globalThis, { longhandStorage: services.storage })
  const parameters = new URLSearchParams(location.search)
  const settings = parameters.get('settings')
  if (settings) {
    const stored = readSettings(await services.storage.settings.get('settings'))
    await services.storage.settings.set('settings', { ...stored, ...(JSON.parse(settings) as object) })
  }
  const engine = parameters.get('engine')
  if (engine === 'scripted') {
    const { createScriptedEngine } = await import('#engine/scripted/create-scripted-engine.ts')
    const { scriptedModel } = await import('#engine/scripted/scripted-model.ts')
    const { scriptedCounter } = await import('#engine/scripted/scripted-tokens.ts')
    const { createScriptedEmbedder } = await import('#engine/scripted/create-scripted-embedder.ts')
    const tokensPerSecond = Number(parameters.get('speed') ?? 0)
    const reply = parameters.get('reply')
    const loadMs = Number(parameters.get('load') ?? 0)
    const failAt = Number(parameters.get('fail') ?? 0)
    const room = Number(parameters.get('room') ?? Number.POSITIVE_INFINITY)
    let loads = 0
    const loadError = (windowTokens: number) => {
      if (windowTokens > room) return 'out-of-memory'
      return parameters.has('refused') && loads > 1 ? 'no-gpu' : undefined
    }
    const script: Script = {
      tokensPerSecond,
      loadError,
      ...(reply === null ? {} : { reply: () => reply }),
      ...(loadMs > 0 ? { loadSteps: loadMs / 250, loadStepMs: 250 } : {}),
      ...(parameters.has('gibberish') ? { selfTest: { passed: false, wanted: '9', wrote: ' !!!' } } : {}),
      ...(failAt > 0 ? { fault: () => ({ type: 'error', atToken: failAt, error: 'device-lost' }) as const } : {}),
    }
    const defaultWindow = Number(parameters.get('window') ?? scriptedModel.defaultWindow)
    return {
      ...services,
      engines: {
        scripted() {
          loads++
          const made = createScriptedEngine(script)
          if (parameters.has('silent')) made.watch = (listener) => void setInterval(() => listener({ type: 'silent' }), 1000)
          return made
        },
        ...(services.engines.remote ? { remote: services.engines.remote } : {}),
      },
      ...(parameters.get('embedder') === 'real'
        ? {}
        : { embedding: { ...services.embedding, create: () => createScriptedEmbedder({ loadMs }) } }),
      models: [{ ...scriptedModel, defaultWindow }],
      openCatalogue: async () => ({ models: [{ ...scriptedModel, defaultWindow }], unoffered: [] }),
      loadTokenCounter: async (model, signal) =>
        model.source === 'remote' ? services.loadTokenCounter(model, signal) : scriptedCounter,
      modelFiles: { states: async (builds) => builds.map(() => ({ onDisk: 'yes', bytes: 0 })), remove: async () => {} },
    }
  }
  if (engine === 'tiny') {
    const { tinyModel } = await import('#engine/catalogue/tiny-model.ts')
    const { tinyEmbedder } = await import('#engine/catalogue/tiny-embedder.ts')
    const embedding = { ...services.embedding, models: [...services.embedding.models, tinyEmbedder] }
    return { ...services, embedding, models: [tinyModel], openCatalogue: async () => ({ models: [tinyModel], unoffered: [] }) }
  }
  return services
}

function onDevice(services: Services, device: string | null): Services {
  if (device === null) return services
  const given = JSON.parse(device) as Partial<Device>
  return { ...services, detectDevice: async () => ({ ...(await services.detectDevice()), ...given }) }
}
