import type { ModelBuild } from '#ports/model.ts'
import type { ModelRow } from '#runtime/state.ts'

/** The build that would run here; where none can, any, so that its size can still be named. */
export function buildOf(row: ModelRow): ModelBuild | undefined {
  const { builds } = row.model
  return row.engine ? builds[row.engine] : (builds.webllm ?? builds.wllama)
}
