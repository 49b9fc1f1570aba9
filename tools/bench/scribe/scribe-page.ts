import { builtIn } from '#engine/catalogue/built-in.ts'
import { createWllamaEngine } from '#engine/wllama/create-wllama-engine.ts'
import type { GenerateEvent, GenerateRequest, LoadedModel } from '#ports/engine.ts'

type End = Extract<GenerateEvent, { type: 'generation-end' }>
export type Completion = { readonly text: string; readonly end: End }

const engine = createWllamaEngine()
const never = new AbortController().signal

/** The CPU engine with the built-in model. */
const load = (windowTokens: number): Promise<LoadedModel> => engine.load({ model: builtIn, windowTokens }, () => {}, never)

/** What the model answers, whole. */
async function complete(request: GenerateRequest): Promise<Completion> {
  let text = ''
  for await (const event of engine.generate(request, never)) {
    if (event.type === 'text-delta') text += event.text
    else if (event.type === 'generation-end') return { text, end: event }
  }
  throw new Error('The generation had no end.')
}

const scribePage = { load, complete }
export type ScribePage = typeof scribePage
Object.assign(globalThis, { scribePage })
