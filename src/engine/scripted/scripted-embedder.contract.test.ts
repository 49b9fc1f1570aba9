import { miniLm } from '#engine/catalogue/embedder.ts'
import { describeEmbedderContract } from '#ports/embedder.contract.ts'
import { createScriptedEmbedder } from './create-scripted-embedder.ts'

describeEmbedderContract('scripted', () => ({ create: () => createScriptedEmbedder(), model: miniLm, slowMs: 10_000 }))
