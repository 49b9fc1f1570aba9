import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { describeEngineContract } from '#ports/engine.contract.ts'
import { createWebllmEngine } from './create-webllm-engine.ts'

describeEngineContract('WebLLM, tiny model', () => ({
  create: createWebllmEngine,
  model: tinyModel,
  windowTokens: 512,
  endless: '',
  readAllowance: 2,
  outputAllowance: 2,
}))
