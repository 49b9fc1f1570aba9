import { EngineError, type LoadRequest } from '#ports/engine.ts'
import type { ModelBuild } from '#ports/model.ts'

/** Refuses a rolling window where the library is not known to read one rightly: it would be taken for one, and forget otherwise. */
export function refuseRolling({ model, rolling }: LoadRequest, build?: ModelBuild): void {
  if (rolling && !build?.rolls)
    throw new EngineError('not-offered', `${model.name} cannot read in a rolling window here. Choose the plain window.`)
}
