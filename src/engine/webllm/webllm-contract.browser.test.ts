import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { describeEngineContract } from '#ports/engine.contract.ts'
import { createWebllmEngine } from './create-webllm-engine.ts'

describeEngineContract('WebLLM, tiny model', () => ({
  create: createWebllmEngine,
  model: tinyModel,
  windowTokens: 256,
  // Found by trial: after this the seeded weights write on past the end of the window.
  endless: 'YYYYYYYYYYYY',
  readAllowance: 2,
  outputAllowance: 2,
}))
