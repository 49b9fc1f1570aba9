import { describe, expect, it } from 'vitest'
import { models } from './models.ts'
import { tinyModel } from './tiny-model.ts'

describe('the catalogue', () => {
  it('begins with the built-in model and does not offer the fixture', () => {
    expect(models[0]?.id).toBe('smollm2-135m')
    expect(models.filter((model) => model.source === 'built-in')).toHaveLength(1)
    expect(models.map((model) => model.id)).not.toContain(tinyModel.id)
    expect(new Set(models.map((model) => model.id)).size).toBe(models.length)
  })

  it('names size and digest of every file of the built-in model, on both engines', () => {
    const { webllm, wllama } = models[0]?.builds ?? {}
    for (const build of [webllm, wllama]) {
      expect(build?.files.length).toBeGreaterThan(1)
      for (const file of build?.files ?? []) expect(file.sha256, file.url).toMatch(/^[0-9a-f]{64}$/)
      expect(build?.downloadBytes).toBe(build?.files.reduce((sum, file) => sum + file.sizeBytes, 0))
    }
  })

  it.each(models.map((model) => [model.id, model] as const))('%s is complete', (_id, model) => {
    expect(model.template.stop.length).toBeGreaterThan(0)
    for (const text of model.template.stop) expect(model.template.controlTokens).toContain(text)
    expect(model.defaultWindow).toBeLessThanOrEqual(model.contextLength)
    const { webllm } = model.builds
    expect(webllm?.baseUrl).toMatch(/\/resolve\/main\/$/)
    expect(webllm?.libraryUrl).toMatch(/\.wasm$/)
    expect(webllm?.kvBytesPerToken).toBeGreaterThan(0)
    // Weights, a full window and the rest together are what the library's own figure says: below it something was left out.
    expect(webllm?.workingBytes).toBeGreaterThan(0)
  })

  it('lets only models of about a billion parameters and more write memory', () => {
    for (const model of models) expect(model.writesMemory, model.id).toBe(model.parameters > 0.9e9)
  })
})
