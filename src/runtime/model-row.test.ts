import { describe, expect, it } from 'vitest'
import { catalogue } from '#engine/catalogue/catalogue.ts'
import type { Model } from '#ports/model.ts'
import { roomOf } from './device-room.ts'
import { rowOf } from './model-row.ts'
import { defaultSettings } from './settings.ts'
import type { Device } from './state.ts'

const GIB = 1024 ** 3
const gpu: Device = {
  gpu: 'real',
  gpuName: 'G',
  shaderF16: true,
  maxBufferBytes: 2 * GIB,
  maxBindingBytes: 2 * GIB,
  threads: 8,
  crossOriginIsolated: true,
}
const model = (id: string): Model => {
  const found = catalogue.models.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}
const row = (id: string, device: Device, windows = {}) =>
  rowOf(model(id), device, { ...defaultSettings, windows }, ['webllm', 'wllama']).row

describe('what a device gives', () => {
  it('is half of its memory where the browser tells that, a cautious figure where it does not, and what a trial found where that is more', () => {
    expect(roomOf({ ...gpu, memoryBytes: 8 * GIB }, 'webllm')).toMatchObject({ usableBytes: 4 * GIB, basis: 'estimate' })
    expect(roomOf(gpu, 'webllm').usableBytes).toBe(4e9)
    expect(roomOf({ ...gpu, maxBufferBytes: GIB / 4, maxBindingBytes: GIB / 8 }, 'webllm')).toMatchObject({
      usableBytes: 1.5e9,
      bufferBytes: GIB / 8,
    })
    expect(roomOf({ ...gpu, triedBytes: 5e9 }, 'webllm')).toMatchObject({ usableBytes: 5e9, basis: 'trial' })
    expect(roomOf({ ...gpu, triedBytes: 1e9 }, 'webllm')).toMatchObject({ usableBytes: 4e9, basis: 'estimate' })
  })

  it('is the heap of WebAssembly on the CPU, or half of the memory', () => {
    expect(roomOf(gpu, 'wllama')).toEqual({ usableBytes: 4 * GIB, basis: 'estimate' })
    expect(roomOf({ ...gpu, memoryBytes: 2 * GIB }, 'wllama').usableBytes).toBe(GIB)
  })
})

describe('the row of a model', () => {
  it('sets no window unasked that is not safe, and leaves alone what the user chose', () => {
    const small = { ...gpu, memoryBytes: 4 * GIB }
    const safe = row('Qwen3-0.6B-q4f32_1-MLC', small).plan?.safeTokens ?? 0
    expect(safe).toBeGreaterThan(1024)
    expect(safe).toBeLessThan(8192)
    expect(row('Qwen3-0.6B-q4f32_1-MLC', small).windowTokens).toBe(safe)
    expect(row('Qwen3-0.6B-q4f32_1-MLC', small, { 'Qwen3-0.6B-q4f32_1-MLC': 30_000 }).windowTokens).toBe(30_000)
  })

  it('says why a model cannot run, and plans nothing for it', () => {
    const without = row('Qwen3-4B-q4f16_1-MLC', { ...gpu, shaderF16: false })
    expect(without.cannotRun).toContain('half precision')
    expect(without.plan).toBeUndefined()
  })
})
