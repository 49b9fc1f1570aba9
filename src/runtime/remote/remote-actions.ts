import type { Actions } from '#runtime/actions.ts'
import type { EngineSupervisor } from '#runtime/engine-supervisor.ts'
import { problemOf } from '#runtime/problems.ts'
import { attempt, type Runtime } from '#runtime/runtime.ts'
import { noRemote, type RemoteSettings, readRemoteSettings, remoteKeyName, remoteSettingsName } from './remote-settings.ts'

export type RemoteActions = Pick<Actions, 'lookAtServer' | 'setRemote' | 'setRemoteKey' | 'hasRemoteKey' | 'switchRemote'>

/** What the user can do about servers outside this page. */
export function remoteActions(runtime: Runtime, supervisor: EngineSupervisor, refreshModels: () => Promise<void>): RemoteActions {
  const { services, store } = runtime
  const { settings: stored } = services.storage

  async function save(settings: RemoteSettings): Promise<void> {
    await stored.set(remoteSettingsName, settings)
    followRemoteSettings(runtime, settings)
    await refreshModels()
  }
  /** Whatever changes about the server, nothing goes on under what held before. */
  async function disconnect(): Promise<void> {
    const { engine } = store.getState()
    if (engine.type !== 'none' && engine.model.source === 'remote' && services.tabs.role() === 'owner') await supervisor.unload()
    services.remote?.close()
  }

  return {
    async lookAtServer(address, key, signal) {
      if (!services.remote?.mayTalk)
        return { type: 'failed', problem: problemOf(new Error('This document may talk to no server.')) }
      try {
        const known = key ?? (await stored.get(remoteKeyName))
        const found = await services.remote.look({ address, key: typeof known === 'string' ? known : '' }, signal)
        return { type: 'found', found }
      } catch (error) {
        return { type: 'failed', problem: problemOf(error) }
      }
    },
    async setRemote(change) {
      await attempt(runtime, async () => {
        await disconnect()
        await save({ ...store.getState().remote.settings, ...change })
      })
    },
    async setRemoteKey(key) {
      await attempt(runtime, async () => {
        await disconnect()
        await stored.set(remoteKeyName, key === '' ? undefined : key)
      })
    },
    async hasRemoteKey() {
      const key = await stored.get(remoteKeyName).catch(() => undefined)
      return typeof key === 'string' && key !== ''
    },
    async switchRemote(on) {
      await attempt(runtime, async () => {
        await disconnect()
        if (!on) await stored.set(remoteKeyName, undefined)
        await save({ ...noRemote, on })
        services.remote?.go(on ? 'may-talk' : 'sealed')
      })
    },
  }
}

/** Shows what is stored about servers; what another tab changed as well. */
export function followRemoteSettings({ services, store }: Pick<Runtime, 'services' | 'store'>, value: unknown): void {
  const { remote } = services
  const document = remote ? (remote.mayTalk ? 'may-talk' : 'sealed') : 'absent'
  store.setState({ remote: { settings: readRemoteSettings(value), document } })
}
