import { expect, it } from 'vitest'
import type { Model, ModelBuild } from '#ports/model.ts'
import { chooseEngine } from './choose-engine.ts'
import type { Device } from './state.ts'

const build: ModelBuild = { downloadBytes: 1, weightBytes: 1, kvBytesPerToken: 1, workingBytes: 0, needsF16: false, files: [] }
const both = { builds: { webllm: build, wllama: build } } as unknown as Model
const needsF16 = { builds: { webllm: { ...build, needsF16: true } } } as unknown as Model
const device = (gpu: Device['gpu'], shaderF16 = true): Device => ({ gpu, shaderF16, threads: 2, crossOriginIsolated: true })
const engines = ['webllm', 'wllama'] as const

it('takes the GPU where there is a real one', () => {
  expect(chooseEngine(both, device('real'), 'automatic', engines)).toEqual({ engine: 'webllm' })
})

it('takes the CPU where there is no GPU or only a software one', () => {
  expect(chooseEngine(both, device('software'), 'automatic', engines)).toEqual({ engine: 'wllama' })
  expect(chooseEngine(both, device('none'), 'automatic', engines)).toEqual({ engine: 'wllama' })
})

it('does what the user decided', () => {
  expect(chooseEngine(both, device('real'), 'cpu', engines)).toEqual({ engine: 'wllama' })
  expect(chooseEngine(both, device('software'), 'gpu', engines)).toEqual({ engine: 'webllm' })
})

it('says why a model cannot run', () => {
  expect(chooseEngine(needsF16, device('real', false), 'automatic', engines)).toHaveProperty(
    'cannotRun',
    expect.stringMatching(/shader-f16/),
  )
  expect(chooseEngine(needsF16, device('real'), 'cpu', engines)).toHaveProperty('cannotRun', expect.stringMatching(/CPU/))
  expect(chooseEngine(both, device('none'), 'gpu', engines)).toHaveProperty('cannotRun', expect.stringMatching(/WebGPU/))
})
