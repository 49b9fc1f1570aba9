import { EngineError } from '#ports/engine.ts'
import type { Actions } from '#runtime/actions.ts'
import type { OwnFileState } from '#runtime/own-file-state.ts'
import { problemOf } from '#runtime/problems.ts'
import { attempt, type Runtime } from '#runtime/runtime.ts'
import { saveSettings } from '#runtime/settings-actions.ts'
import type { Embedding } from './embedding.ts'

type EmbedderActions = Pick<
  Actions,
  'takeInEmbedder' | 'cancelTakeInEmbedder' | 'chooseEmbedder' | 'deleteEmbedder' | 'refreshEmbedders'
>

/** Neural embedders from files of the user's own: brought, chosen, deleted. */
export function ownEmbedderActions(runtime: Runtime, embedding: Embedding): EmbedderActions {
  const { services, store } = runtime
  const { ownModels } = services
  let work: AbortController | undefined
  const show = (embedderFile: OwnFileState) => store.setState({ embedderFile })

  async function refresh(): Promise<void> {
    const own = (await ownModels?.listEmbedders()) ?? []
    store.setState({ embedderModels: [services.embedding.model, ...own] })
  }
  async function choose(id: string | undefined): Promise<void> {
    await saveSettings(runtime, { embedder: id })
    // What failed before may do now.
    if (store.getState().embedder.type === 'ready' || store.getState().embedder.type === 'loading') embedding.follow()
    else embedding.retry()
  }

  return {
    async takeInEmbedder(file) {
      if (!ownModels || work) return
      const { name } = file
      const own = new AbortController()
      work = own
      show({ type: 'reading', name })
      try {
        const model = await ownModels.takeInEmbedder(file, (step) => own.signal.aborted || show({ ...step, name }), own.signal)
        await refresh()
        show({ type: 'taken', name, modelId: model.id, modelName: model.name })
        await choose(model.id)
      } catch (error) {
        const cancelled = error instanceof EngineError && error.type === 'aborted'
        show(cancelled ? { type: 'idle' } : { type: 'failed', name, problem: problemOf(error) })
      } finally {
        work = undefined
      }
    },
    cancelTakeInEmbedder: () => work?.abort(),
    chooseEmbedder: async (id) => void (await attempt(runtime, () => choose(id))),
    async deleteEmbedder(id) {
      await attempt(runtime, async () => {
        if (store.getState().settings.embedder === id) await choose(undefined)
        await ownModels?.remove(id)
        await refresh()
        show({ type: 'idle' })
      })
    },
    refreshEmbedders: async () => void (await attempt(runtime, refresh)),
  }
}
