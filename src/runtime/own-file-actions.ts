import { EngineError } from '#ports/engine.ts'
import type { Actions } from './actions.ts'
import type { OwnFileState } from './own-file-state.ts'
import { problemOf } from './problems.ts'
import type { Runtime } from './runtime.ts'

type OwnFileActions = Pick<Actions, 'takeInFile' | 'cancelTakeIn' | 'closeTakeIn'>

/** Taking in a model file of the user's own: read, copied, and listed. */
export function ownFileActions({ services, store }: Runtime, refreshModels: () => Promise<void>): OwnFileActions {
  let work: AbortController | undefined
  const show = (ownFile: OwnFileState) => store.setState({ ownFile })
  return {
    async takeInFile(file) {
      const { ownModels, browserStorage } = services
      if (!ownModels || work) return
      const { name } = file
      const own = new AbortController()
      work = own
      show({ type: 'reading', name })
      try {
        // Asked here, where it is plain what for; whatever the answer, the file is taken in.
        await browserStorage.persist().catch(() => false)
        const model = await ownModels.takeIn(file, (progress) => own.signal.aborted || show({ ...progress, name }), own.signal)
        await refreshModels()
        show({ type: 'taken', name, modelId: model.id, modelName: model.name })
      } catch (error) {
        const cancelled = error instanceof EngineError && error.type === 'aborted'
        show(cancelled ? { type: 'idle' } : { type: 'failed', name, problem: problemOf(error) })
      } finally {
        work = undefined
      }
    },
    cancelTakeIn: () => work?.abort(),
    closeTakeIn: () => work || show({ type: 'idle' }),
  }
}
