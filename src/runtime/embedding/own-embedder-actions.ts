import type { Actions } from '#runtime/actions.ts'
import { createIntake } from '#runtime/own-file-intake.ts'
import { attempt, type Runtime } from '#runtime/runtime.ts'
import { saveSettings } from '#runtime/settings-actions.ts'
import type { Embedding } from './embedding.ts'

type EmbedderActions = Pick<
  Actions,
  'takeInEmbedder' | 'cancelTakeInEmbedder' | 'chooseEmbedder' | 'deleteEmbedder' | 'refreshEmbedders'
>

/** Which neural embedder: chosen, deleted, or brought as a file of the user's own. */
export function ownEmbedderActions(runtime: Runtime, embedding: Embedding): EmbedderActions {
  const { services, store } = runtime
  const { ownModels } = services
  const intake = createIntake((embedderFile) => store.setState({ embedderFile }))

  async function refresh(): Promise<void> {
    const own = (await ownModels?.listEmbedders()) ?? []
    store.setState({ embedderModels: [...services.embedding.models, ...own] })
  }
  async function choose(id: string | undefined): Promise<void> {
    await saveSettings(runtime, { embedder: id })
    // What failed before may do now.
    if (store.getState().embedder.type === 'ready' || store.getState().embedder.type === 'loading') embedding.follow()
    else embedding.retry()
  }

  return {
    async takeInEmbedder(file) {
      if (!ownModels) return
      const made = await intake.take(file, ownModels.takeInEmbedder, refresh)
      if (made) await attempt(runtime, () => choose(made.id))
    },
    cancelTakeInEmbedder: intake.cancel,
    chooseEmbedder: async (id) => void (await attempt(runtime, () => choose(id))),
    async deleteEmbedder(id) {
      await attempt(runtime, async () => {
        if (store.getState().settings.embedder === id) await choose(undefined)
        const offered = services.embedding.models.find((model) => model.id === id)
        if (offered) await services.embedding.removeFiles(offered)
        else await ownModels?.remove(id)
        await refresh()
        intake.close()
      })
    },
    refreshEmbedders: async () => void (await attempt(runtime, refresh)),
  }
}
