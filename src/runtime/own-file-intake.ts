import { EngineError } from '#ports/engine.ts'
import type { TakeInProgress } from '#ports/own-models.ts'
import type { OwnFileState } from './own-file-state.ts'
import { problemOf } from './problems.ts'

type TakeIn<Made> = (file: File, onProgress: (progress: TakeInProgress) => void, signal: AbortSignal) => Promise<Made>

/** Takes in one file at a time and shows how far it is; a file that comes meanwhile is left alone. */
export function createIntake(show: (state: OwnFileState) => void) {
  let work: AbortController | undefined
  return {
    /** `onTaken` lists what was made of the file, before it is shown as taken. */
    async take<Made extends { readonly id: string; readonly name: string }>(
      file: File,
      takeIn: TakeIn<Made>,
      onTaken: () => Promise<void>,
    ): Promise<Made | undefined> {
      if (work) return undefined
      const { name } = file
      const own = new AbortController()
      work = own
      show({ type: 'reading', name })
      try {
        const made = await takeIn(file, (progress) => own.signal.aborted || show({ ...progress, name }), own.signal)
        await onTaken()
        show({ type: 'taken', name, modelId: made.id, modelName: made.name })
        return made
      } catch (error) {
        const cancelled = error instanceof EngineError && error.type === 'aborted'
        show(cancelled ? { type: 'idle' } : { type: 'failed', name, problem: problemOf(error) })
        return undefined
      } finally {
        work = undefined
      }
    },
    cancel: () => work?.abort(),
    /** Puts the news of the last file away, unless one is on its way. */
    close: () => work || show({ type: 'idle' }),
  }
}
