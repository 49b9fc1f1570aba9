import type { Model, ModelBuild } from '#ports/model.ts'

/** How a model of the hub runs: the build to download. */
export function hubBuild({ builds }: Model): ModelBuild | undefined {
  return builds.webllm ?? builds.wllama
}
