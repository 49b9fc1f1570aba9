import { describe, expect, it } from 'vitest'
import { catalogue } from '#engine/catalogue/catalogue.ts'
import { rowOf } from '#runtime/model-row.ts'
import { defaultSettings } from '#runtime/settings.ts'
import type { Device, ModelRow } from '#runtime/state.ts'
import { filterModels, noFilter } from './filter-models.ts'
import { goodFor } from './good-for.ts'
import { groupModels } from './group-models.ts'
import { planWords, windowWarning } from './plan-words.ts'
import { recommend } from './recommend.ts'

const GIB = 1024 ** 3
const laptop: Device = {
  gpu: 'real',
  shaderF16: true,
  maxBufferBytes: 2 * GIB,
  maxBindingBytes: 2 * GIB,
  memoryBytes: 8 * GIB,
  threads: 8,
  crossOriginIsolated: true,
}
const rowsOn = (device: Device): readonly ModelRow[] =>
  catalogue.models.map((model) => rowOf(model, device, defaultSettings, ['webllm', 'wllama']).row)
const row = (rows: readonly ModelRow[], id: string) => {
  const found = rows.find(({ model }) => model.id === id)
  if (!found) throw new Error(id)
  return found
}
const names = (families: ReturnType<typeof groupModels>) => families.flatMap(({ entries }) => entries.map(({ name }) => name))

describe('the list of models', () => {
  const rows = rowsOn(laptop)
  const families = groupModels(rows)

  it('begins with the built-in model and shows each model once, with its builds', () => {
    expect(families[0]?.name).toBe('Built-in')
    expect(new Set(names(families)).size).toBe(names(families).length)
    expect(families.flatMap(({ entries }) => entries.flatMap(({ variants }) => variants))).toHaveLength(rows.length)
  })

  it('shows first the build that is here, else the smallest that runs', () => {
    const entry = (list: readonly ModelRow[]) =>
      groupModels(list)
        .flatMap(({ entries }) => entries)
        .find(({ name }) => name === 'Qwen3 0.6B')
    expect(entry(rows)?.shown.model.quantization).toBe('4-bit, f16')
    expect(entry(rowsOn({ ...laptop, shaderF16: false }))?.shown.model.quantization).toBe('4-bit, f32')
    const kept = rows.map((one) => (one.model.id === 'Qwen3-0.6B-q0f32-MLC' ? { ...one, onDisk: 'yes' as const } : one))
    expect(entry(kept)?.shown.model.quantization).toBe('32-bit')
  })

  it('is narrowed by words, by what fits, by what it is for', () => {
    expect(names(filterModels(families, { ...noFilter, words: 'japanese' }))).toEqual(['Gemma 2 2B Japanese'])
    expect(names(filterModels(families, { ...noFilter, words: 'mit phi' })).length).toBeGreaterThan(2)
    const fitting = names(filterModels(families, { ...noFilter, show: 'fits' }))
    expect(fitting).toContain('Qwen3 4B')
    expect(fitting).not.toContain('Llama 3.1 70B')
    expect(names(filterModels(families, { ...noFilter, show: 'here' }))).toEqual([])
    const long = names(filterModels(families, { ...noFilter, use: 'long' }))
    expect(long).toContain('Llama 3.2 1B')
    expect(long).not.toContain('Gemma 2 2B')
    expect(long).not.toContain('Phi-3.5 mini')
    expect(names(filterModels(families, { ...noFilter, use: 'memory' }))).not.toContain('Qwen3 0.6B')
  })
})

describe('the recommendation', () => {
  const recommended = (device: Device) => recommend(rowsOn(device), device.gpu)?.model.name
  it('is the largest general model that leaves room', () => {
    expect(recommended(laptop)).toBe('Llama 3.2 3B')
    expect(recommended({ ...laptop, memoryBytes: 32 * GIB })).toBe('Qwen3 8B')
    expect(recommended({ ...laptop, memoryBytes: 4 * GIB })).toBe('Llama 3.2 1B')
  })

  it('asks for what the device has: f16, buffers', () => {
    const without = recommend(rowsOn({ ...laptop, shaderF16: false, memoryBytes: 16 * GIB }), 'real')
    expect(without?.model.quantization).toBe('4-bit, f32')
    expect(recommended({ ...laptop, maxBindingBytes: GIB / 8 })).toBe('Llama 3.2 1B')
  })

  it('is nothing without a GPU', () => {
    expect(recommended({ gpu: 'none', threads: 4, crossOriginIsolated: true })).toBeUndefined()
    expect(recommended({ ...laptop, gpu: 'software' })).toBeUndefined()
  })
})

describe('what is said of a window', () => {
  const say = (id: string, device = laptop) => {
    const found = row(rowsOn(device), id)
    const build = found.model.builds.webllm
    if (!build || !found.plan) throw new Error(id)
    return { plan: found.plan, build, words: planWords(found.plan, build), model: found.model }
  }

  it('names the safe size and what limits it', () => {
    expect(say('gemma3-1b-it-q4f16_1-MLC').words).toEqual({ head: 'Safe up to 32k here', why: 'the model’s own limit' })
    expect(say('Qwen3-4B-q4f16_1-MLC').words.why).toContain('estimate')
    expect(say('Llama-3.1-70B-Instruct-q3f16_1-MLC').words.head).toMatch(/^Short by \d+ GB$/)
    expect(say('Qwen3-1.7B-q4f16_1-MLC', { ...laptop, maxBindingBytes: GIB / 8 }).words.why).toContain('buffer of 156 MB')
    expect(say('Qwen2.5-0.5B-Instruct-q4f16_1-MLC', { ...laptop, maxBindingBytes: GIB / 8 }).plan.limitedBy).toBe('training')
  })

  it('warns past what is safe and past what it was trained for', () => {
    const { plan, build, model } = say('Qwen3-4B-q4f16_1-MLC')
    expect(windowWarning(plan, build, plan.safeTokens, model.contextLength)).toBeUndefined()
    expect(windowWarning(plan, build, 32_768, model.contextLength)).toMatch(/^Past what is safe here by about \d/)
    expect(windowWarning(plan, build, model.contextLength + 1, model.contextLength)).toContain('trained for 40,960')
  })
})

it('says what a model is good for by rules', () => {
  const of = (id: string) => goodFor(row(rowsOn(laptop), id).model)
  expect(of('smollm2-135m')).toBe('chat')
  expect(of('Qwen3-4B-q4f16_1-MLC')).toBe('chat, memory')
  expect(of('Llama-3.2-1B-Instruct-q4f16_1-MLC')).toBe('chat, memory, long texts')
})
