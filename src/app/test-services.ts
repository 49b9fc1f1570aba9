import type { Services } from '#runtime/services.ts'

/**
 * In builds made for tests (`LONGHAND_TEST=1`) an address with `?engine=scripted` gets the scripted engine and one with
 * `?engine=tiny` the tiny model, instead of the real ones. Other builds do not contain them.
 */
export async function testServices(services: Services): Promise<Services> {
  if (!import.meta.env.LONGHAND_TEST) return services
  const parameters = new URLSearchParams(location.search)
  const engine = parameters.get('engine')
  if (engine === 'scripted') {
    const { createScriptedEngine } = await import('#engine/scripted/create-scripted-engine.ts')
    const { scriptedModel } = await import('#engine/scripted/scripted-model.ts')
    const { scriptedCounter } = await import('#engine/scripted/scripted-tokens.ts')
    const tokensPerSecond = Number(parameters.get('speed') ?? 0)
    const defaultWindow = Number(parameters.get('window') ?? scriptedModel.defaultWindow)
    return {
      ...services,
      engines: { scripted: () => createScriptedEngine({ tokensPerSecond }) },
      models: [{ ...scriptedModel, defaultWindow }],
      loadTokenCounter: async () => scriptedCounter,
      modelFiles: { state: async () => 'yes', remove: async () => {} },
    }
  }
  if (engine === 'tiny') {
    const { tinyModel } = await import('#engine/catalogue/tiny-model.ts')
    return { ...services, models: [tinyModel, ...services.models] }
  }
  return services
}
