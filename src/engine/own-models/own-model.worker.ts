import { serveTakeIn } from './own-models-worker.ts'
import { takeInModel } from './take-in-model.ts'

serveTakeIn(takeInModel, self)
