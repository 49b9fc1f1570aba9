import type { EngineName } from '#ports/model.ts'
import type { Actions } from './actions.ts'
import { chooseEngine } from './choose-engine.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { attempt, type Runtime } from './runtime.ts'
import { saveSettings } from './settings-actions.ts'
import type { ModelRow } from './state.ts'

type ModelActions = Pick<Actions, 'loadModel' | 'cancelLoad' | 'unloadModel' | 'setWindow' | 'deleteModelFiles' | 'refreshModels'>

export function modelActions(runtime: Runtime, supervisor: EngineSupervisor): ModelActions {
  const { services, store } = runtime
  const isOwner = () => services.tabs.role() === 'owner'

  async function refreshModels(): Promise<void> {
    const { device, settings } = store.getState()
    const available = Object.keys(services.engines) as EngineName[]
    const rows = await Promise.all(
      services.models.map(async (model): Promise<ModelRow> => {
        const choice = chooseEngine(model, device, settings.runsOn, available)
        const windowTokens = settings.windows[model.id] ?? model.defaultWindow
        if ('cannotRun' in choice) return { model, cannotRun: choice.cannotRun, onDisk: 'unknown', windowTokens }
        const build = model.builds[choice.engine]
        const onDisk = build ? await services.modelFiles.state(build) : 'unknown'
        return { model, engine: choice.engine, onDisk, windowTokens }
      }),
    )
    store.setState({ models: rows })
  }

  return {
    async loadModel(modelId) {
      const model = services.models.find(({ id }) => id === modelId)
      if (!model) return
      if (!isOwner()) return services.tabs.command({ type: 'load', modelId })
      await supervisor.load(model)
      await attempt(runtime, refreshModels)
    },
    cancelLoad() {
      if (isOwner()) supervisor.cancelLoad()
      else services.tabs.command({ type: 'cancel-load' })
    },
    async unloadModel() {
      if (isOwner()) await attempt(runtime, () => supervisor.unload())
      else services.tabs.command({ type: 'unload' })
    },
    async setWindow(modelId, windowTokens) {
      const { settings, engine } = store.getState()
      await attempt(runtime, async () => {
        await saveSettings(runtime, { windows: { ...settings.windows, [modelId]: windowTokens } })
        await refreshModels()
      })
      const loaded = engine.type === 'ready' && engine.model.id === modelId ? engine.model : undefined
      if (!loaded) return
      if (isOwner()) await supervisor.load(loaded)
      else services.tabs.command({ type: 'load', modelId })
    },
    async deleteModelFiles(modelId) {
      await attempt(runtime, async () => {
        const model = services.models.find(({ id }) => id === modelId)
        for (const build of Object.values(model?.builds ?? {})) await services.modelFiles.remove(build)
        await refreshModels()
      })
    },
    async refreshModels() {
      await attempt(runtime, refreshModels)
    },
  }
}
