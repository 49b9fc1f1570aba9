import type { Actions } from './actions.ts'
import { createIntake } from './own-file-intake.ts'
import type { Runtime } from './runtime.ts'

type OwnFileActions = Pick<Actions, 'takeInFile' | 'cancelTakeIn' | 'closeTakeIn'>

/** Taking in a model file of the user's own: read, copied, and listed. */
export function ownFileActions({ services, store }: Runtime, refreshModels: () => Promise<void>): OwnFileActions {
  const { ownModels, browserStorage } = services
  const intake = createIntake((ownFile) => store.setState({ ownFile }))
  return {
    async takeInFile(file) {
      if (!ownModels) return
      await intake.take(
        file,
        async (...asked) => {
          // Asked here, where it is plain what for; whatever the answer, the file is taken in.
          await browserStorage.persist().catch(() => false)
          return ownModels.takeIn(...asked)
        },
        refreshModels,
      )
    },
    cancelTakeIn: intake.cancel,
    closeTakeIn: intake.close,
  }
}
