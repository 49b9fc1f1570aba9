import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { noteTriedMemory, withTriedMemory } from './gpu-memory.ts'
import { initialState } from './initial-state.ts'
import type { Runtime } from './runtime.ts'
import type { Device, LonghandState } from './state.ts'

const gpu: Device = { gpu: 'real', gpuName: 'Nvidia Ampere', threads: 8, crossOriginIsolated: true }

function runtimeWith(device: Device) {
  const store = createStore<LonghandState>(() => ({ ...initialState, device }))
  const storage = createInMemoryStorage(() => 0)
  return { store, services: { storage } } as unknown as Pick<Runtime, 'services' | 'store'>
}

it('remembers the most that a GPU gave, for that GPU only', async () => {
  const runtime = runtimeWith(gpu)
  await noteTriedMemory(runtime, 2e9)
  await noteTriedMemory(runtime, 1e9)
  expect(runtime.store.getState().device.triedBytes).toBe(2e9)
  expect(await withTriedMemory(runtime, gpu)).toEqual({ ...gpu, triedBytes: 2e9 })
  expect(await withTriedMemory(runtime, { ...gpu, gpuName: 'Another' })).not.toHaveProperty('triedBytes')
})

it('believes no nonsense that is stored', async () => {
  const runtime = runtimeWith(gpu)
  for (const stored of [undefined, 7, { adapter: gpu.gpuName }, { adapter: gpu.gpuName, bytes: 'many' }]) {
    await runtime.services.storage.settings.set('gpu-memory', stored)
    expect(await withTriedMemory(runtime, gpu)).toEqual(gpu)
  }
})
