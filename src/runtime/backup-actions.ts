import type { Actions } from './actions.ts'
import { problemOf } from './problems.ts'
import type { Runtime } from './runtime.ts'
import { notify } from './runtime.ts'

type BackupActions = Pick<Actions, 'writeBackup' | 'checkBackup' | 'restoreBackup' | 'discardBackup'>

export function backupActions(runtime: Runtime, onRestored: () => Promise<void>): BackupActions {
  const { services, store } = runtime
  const { backup } = services.storage

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError'
      store.setState({ backup: cancelled ? { type: 'idle' } : { type: 'failed', problem: problemOf(error) } })
    }
  }

  return {
    writeBackup: () =>
      guarded(async () => {
        const show = (done: { rows: number; bytes: number }) => store.setState({ backup: { type: 'writing', ...done } })
        show({ rows: 0, bytes: 0 })
        const day = new Date(services.clock.now()).toISOString().slice(0, 10)
        await services.saveFile(`longhand-${day}.jsonl.gz`, backup.write(show, new AbortController().signal))
        store.setState({ backup: { type: 'idle' } })
        notify(runtime, { tone: 'good', text: 'The backup is written.' })
      }),
    checkBackup: (file) =>
      guarded(async () => {
        const show = (done: { rows: number; bytes: number }) => store.setState({ backup: { type: 'checking', ...done } })
        show({ rows: 0, bytes: 0 })
        const summary = await backup.stage(file, show, new AbortController().signal)
        store.setState({ backup: { type: 'staged', summary } })
      }),
    restoreBackup: () =>
      guarded(async () => {
        store.setState({ backup: { type: 'restoring' } })
        await backup.restoreStaged()
        await onRestored()
        store.setState({ backup: { type: 'idle' } })
        notify(runtime, { tone: 'good', text: 'The backup is restored.' })
      }),
    discardBackup: () =>
      guarded(async () => {
        await backup.discardStaged()
        store.setState({ backup: { type: 'idle' } })
      }),
  }
}
