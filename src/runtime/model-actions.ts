import type { EngineName } from '#ports/model.ts'
import type { Actions } from './actions.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { findModel } from './find-model.ts'
import { rowOf } from './model-row.ts'
import { attempt, type Runtime } from './runtime.ts'
import type { Settings } from './settings.ts'
import { saveSettings } from './settings-actions.ts'

type ModelActions = Pick<
  Actions,
  | 'loadModel'
  | 'cancelLoad'
  | 'tryLoadNow'
  | 'restartModel'
  | 'unloadModel'
  | 'setWindow'
  | 'setRolling'
  | 'deleteModelFiles'
  | 'refreshModels'
  | 'openCatalogue'
>

export function modelActions(runtime: Runtime, supervisor: EngineSupervisor): ModelActions {
  const { services, store } = runtime
  const isOwner = () => services.tabs.role() === 'owner'
  const find = (modelId: string) => findModel(services, ({ id }) => id === modelId)

  /** Lists take their time to be made, and the last one asked for holds, whichever is ready first. */
  let newest = 0

  async function refreshModels(): Promise<void> {
    const asked = ++newest
    const { device, settings, engine, models, unoffered } = store.getState()
    const open = unoffered !== undefined
    void refreshBrowserModel()
    const own = (await services.ownModels?.list()) ?? []
    const known = [...own, ...(open ? (await services.openCatalogue()).models : []), ...services.models]
    // A model that runs stays on the list, whether or not the catalogue was opened.
    const running = engine.type === 'none' || known.some(({ id }) => id === engine.model.id) ? [] : [engine.model]
    const kept = open
      ? []
      : models
          .map(({ model }) => model)
          .filter(
            ({ id, source }) =>
              source !== 'remote' && source !== 'file' && source !== 'browser' && !known.some((other) => other.id === id),
          )
    const listed = [...new Map([...known, ...kept, ...running].map((model) => [model.id, model])).values()]
    const choices = listed.map((model) => rowOf(model, device, settings, Object.keys(services.engines) as EngineName[]))
    const builds = choices.map(({ row, build }) =>
      row.model.source === 'remote' || row.model.source === 'browser' ? undefined : (build ?? Object.values(row.model.builds)[0]),
    )
    const states = await services.modelFiles.states(builds.filter((build) => build !== undefined))
    let at = 0
    const rows = choices.map(({ row }, index) => {
      const state = builds[index] && states[at++]
      return state ? { ...row, onDisk: state.onDisk, diskBytes: state.bytes } : row
    })
    if (asked === newest) store.setState({ models: rows })
  }

  /** A browser may take its time to say, and no list waits for it. */
  async function refreshBrowserModel(): Promise<void> {
    const browserModel = await services.browserModel?.availability().catch(() => 'unavailable' as const)
    if (browserModel) store.setState({ browserModel })
  }

  /** Changes how a model is loaded, and loads it again where it runs. */
  async function changeLoad(modelId: string, change: (settings: Settings) => Partial<Settings>): Promise<void> {
    const { settings, engine } = store.getState()
    await attempt(runtime, async () => {
      await saveSettings(runtime, change(settings))
      await refreshModels()
    })
    const loaded = engine.type === 'ready' && engine.model.id === modelId ? engine.model : undefined
    if (!loaded) return
    if (isOwner()) await supervisor.load(loaded)
    else services.tabs.command({ type: 'load', modelId })
  }

  return {
    async loadModel(modelId) {
      const model = await find(modelId)
      if (!model) return
      if (!isOwner()) return services.tabs.command({ type: 'load', modelId })
      await supervisor.load(model)
      await attempt(runtime, refreshModels)
    },
    cancelLoad() {
      if (isOwner()) supervisor.cancelLoad()
      else services.tabs.command({ type: 'cancel-load' })
    },
    tryLoadNow() {
      if (isOwner()) supervisor.tryNow()
      else services.tabs.command({ type: 'try-now' })
    },
    restartModel() {
      if (isOwner()) supervisor.restart()
      else services.tabs.command({ type: 'restart' })
    },
    async unloadModel() {
      if (isOwner()) await attempt(runtime, () => supervisor.unload())
      else services.tabs.command({ type: 'unload' })
    },
    setWindow: (modelId, windowTokens) =>
      changeLoad(modelId, ({ windows }) => ({ windows: { ...windows, [modelId]: windowTokens } })),
    setRolling: (modelId, rolls) => changeLoad(modelId, ({ rolling }) => ({ rolling: { ...rolling, [modelId]: rolls } })),
    async deleteModelFiles(modelId) {
      await attempt(runtime, async () => {
        const model = await find(modelId)
        const others = store
          .getState()
          .models.filter((row) => row.model.id !== modelId && row.onDisk !== 'no' && row.onDisk !== 'unknown')
        const libraries = new Set(others.map((row) => row.model.builds.webllm?.libraryUrl))
        if (model?.source === 'file') await services.ownModels?.remove(modelId)
        for (const build of Object.values(model?.builds ?? {}))
          await services.modelFiles.remove(build, { keepLibrary: libraries.has(build.libraryUrl) })
        await refreshModels()
      })
    },
    async refreshModels() {
      await attempt(runtime, refreshModels)
    },
    async openCatalogue() {
      await attempt(runtime, async () => {
        const { unoffered } = await services.openCatalogue()
        store.setState({ unoffered })
        await refreshModels()
      })
    },
  }
}
