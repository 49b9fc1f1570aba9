import { serveTakeIn } from './own-models-worker.ts'

serveTakeIn(self)
