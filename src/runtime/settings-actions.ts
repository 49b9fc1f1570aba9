import type { Actions } from './actions.ts'
import { attempt, type Runtime } from './runtime.ts'
import { defaultSettings, type Settings } from './settings.ts'

export async function saveSettings(runtime: Runtime, change: Partial<Settings>): Promise<void> {
  const settings = { ...runtime.store.getState().settings, ...change }
  runtime.store.setState({ settings })
  await runtime.services.storage.settings.set('settings', settings)
}

/** Stored settings over the defaults: a setting added later has its default until it is changed. */
export function readSettings(stored: unknown): Settings {
  return typeof stored === 'object' && stored !== null
    ? { ...defaultSettings, ...(stored as Partial<Settings>) }
    : defaultSettings
}

type SettingsActions = Pick<
  Actions,
  'updateSettings' | 'keepStorage' | 'refreshStorage' | 'renewSecondCopy' | 'dismissNotice' | 'dismissTurnProblem'
>

export function settingsActions(runtime: Runtime, onChange: () => void): SettingsActions {
  const { services, store } = runtime
  async function refreshStorage(): Promise<void> {
    const [persisted, estimate] = await Promise.all([services.browserStorage.persisted(), services.browserStorage.estimate()])
    store.setState(({ storage }) => ({ storage: { ...storage, ...estimate, persisted } }))
  }
  return {
    async updateSettings(change) {
      await attempt(runtime, () => saveSettings(runtime, change))
      onChange()
    },
    async keepStorage() {
      await attempt(runtime, async () => {
        await services.browserStorage.persist()
        await refreshStorage()
      })
    },
    async refreshStorage() {
      await attempt(runtime, refreshStorage)
    },
    renewSecondCopy: () => services.storage.secondCopy.renew(),
    dismissNotice: (id) => store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    dismissTurnProblem: () => store.setState({ turnProblem: undefined }),
  }
}
