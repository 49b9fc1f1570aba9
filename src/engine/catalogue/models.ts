import type { Model } from '#ports/model.ts'
import { builtIn } from './built-in.ts'
import { hubModels } from './hub.ts'

/** Every model offered to users, the built-in one first. The test fixture is not among them. */
export const models: readonly Model[] = [builtIn, ...hubModels]
