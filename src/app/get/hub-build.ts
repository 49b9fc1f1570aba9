import type { GpuEmbedder } from '#engine/catalogue/gpu-embedders.ts'
import type { Model, ModelBuild } from '#ports/model.ts'

/** What the hub has for Longhand, with what a person should know of it. */
export type HubOffer = Pick<Model, 'id' | 'name' | 'note' | 'quantization' | 'languages' | 'licence'> & {
  readonly build: ModelBuild
  /** Where it is chosen and loaded once it is here. */
  readonly usedAt: '/#/models' | '/#/settings'
}

/** A model of the hub as it runs; none where it has no build. */
export function offerOfModel(model: Model): readonly HubOffer[] {
  const build = model.builds.webllm ?? model.builds.wllama
  return build ? [{ ...model, build, usedAt: '/#/models' }] : []
}

/** An embedder of the hub. */
export const offerOfEmbedder = (model: GpuEmbedder): HubOffer => ({ ...model, build: model.gpu.build, usedAt: '/#/settings' })
