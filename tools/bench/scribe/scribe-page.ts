import { builtIn } from '#engine/catalogue/built-in.ts'
import { collectReply } from '#engine/testing/collect-reply.ts'
import { createWllamaEngine } from '#engine/wllama/create-wllama-engine.ts'
import type { GenerateRequest, LoadedModel } from '#ports/engine.ts'

const engine = createWllamaEngine()
const never = new AbortController().signal

/** The CPU engine with the built-in model. */
const load = (windowTokens: number): Promise<LoadedModel> => engine.load({ model: builtIn, windowTokens }, () => {}, never)

/** What the model answers, whole. */
const complete = (request: GenerateRequest) => collectReply(engine.generate(request, never))

const scribePage = { load, complete }
export type ScribePage = typeof scribePage
Object.assign(globalThis, { scribePage })
