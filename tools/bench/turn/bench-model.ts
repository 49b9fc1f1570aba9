import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import type { Model } from '#ports/model.ts'

/** Template and limits for the benchmark: a real tokenizer counts, the scripted engine answers. */
export const benchModel: Model = { ...scriptedModel, id: 'bench', tokenizerId: 'bench' }
