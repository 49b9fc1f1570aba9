import { describe, expect, it } from 'vitest'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import type { EngineSupervisor } from '#runtime/engine-supervisor.ts'
import { ready, startTestLonghand } from '#runtime/longhand.fixture.ts'
import type { Runtime } from '#runtime/runtime.ts'
import { askEngine } from '#runtime/side-call.ts'
import { estimatingCounter, mayWorkBeside, remoteModels } from './remote-model.ts'
import { noRemote, type RemoteSettings, readRemoteSettings } from './remote-settings.ts'

const { template } = scriptedModel
const settings: RemoteSettings = {
  on: true,
  address: 'http://localhost:8080/',
  sideWork: false,
  model: { id: 'big', windowTokens: 8192, windowBy: 'server', template },
}
const only = (change: Partial<RemoteSettings> = {}) => remoteModels({ ...settings, ...change })[0]

describe('remote models', () => {
  it('[E66] are none while it is off, or not set up', () => {
    expect(only({ on: false })).toBeUndefined()
    expect(only({ address: '' })).toBeUndefined()
    expect(remoteModels(noRemote)).toEqual([])
    expect(only()?.id).toBe('remote:http://localhost:8080/#big')
  })

  it('[E67] write no memory and are asked nothing beside the chat unless that is allowed', async () => {
    const model = only()
    if (!model) throw new Error('no model')
    expect(model.writesMemory).toBe(false)
    expect(mayWorkBeside(model)).toBe(false)
    expect(mayWorkBeside(only({ sideWork: true }) ?? model)).toBe(true)
    expect(mayWorkBeside(scriptedModel)).toBe(true)
    const supervisor = { ready: () => ({ model }) } as unknown as EngineSupervisor
    const asked = askEngine(
      {} as Runtime,
      supervisor,
      { prompt: { system: '', user: 'Name it' }, maxOutputTokens: 5 },
      new AbortController().signal,
    )
    await expect(asked).rejects.toMatchObject({ type: 'not-offered' })
  })

  it('stored settings that are not whole are off', () => {
    expect(readRemoteSettings(undefined)).toEqual(noRemote)
    expect(readRemoteSettings({ on: 'yes', address: 'http://x/; script-src *' })).toEqual(noRemote)
    expect(readRemoteSettings({ on: true, address: settings.address, model: { id: 1 } })).toEqual({
      ...noRemote,
      on: true,
      address: settings.address,
    })
    expect(readRemoteSettings(settings)).toEqual(settings)
  })
})

describe('estimates of tokens', () => {
  it('are called so, and grow with the text', () => {
    expect(estimatingCounter.estimates).toBe(true)
    expect(estimatingCounter.count('')).toBe(0)
    expect(estimatingCounter.count('four words of English')).toBe(6)
    expect(estimatingCounter.count('東京の天気')).toBe(5)
    expect(estimatingCounter.pieces('abc')).toEqual([{ text: 'abc', tokens: 1 }])
  })
})

describe('a model of a server that is not allowed here', () => {
  it('[E62] does not load, and no other takes its place', async () => {
    const longhand = await ready()
    await longhand.storage.settings.set('device:remote', settings)
    await longhand.until(({ models }) => models.some(({ model }) => model.source === 'remote'))
    await longhand.actions.loadModel('remote:http://localhost:8080/#big')
    expect(longhand.state().engine).toMatchObject({ type: 'error', problem: { type: 'engine/unsupported-device' } })
  })

  it('[E67] is not loaded at a start, whatever ran last', async () => {
    const first = await startTestLonghand()
    await first.storage.settings.set('device:remote', settings)
    await first.storage.settings.set('last-model', 'remote:http://localhost:8080/#big')
    const second = await startTestLonghand({ storage: first.storage, firstId: 100 })
    expect(second.state().engine).toEqual({ type: 'none' })
    expect(second.state().models.find(({ model }) => model.source === 'remote')?.cannotRun).toContain('server')
  })
})
