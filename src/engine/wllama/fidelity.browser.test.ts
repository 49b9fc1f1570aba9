import { type RawCompletionChunk, Wllama } from '@wllama/wllama/esm/index.js'
import { afterEach, describe, it, vi } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { type Fed, feedMessages } from '#engine/testing/text-fidelity.ts'
import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import type { Model } from '#ports/model.ts'
import { assert } from '#shared/assert.ts'
import { keepChainModel } from './testing/chain-fixture.ts'
import { wllamaProgram } from './wllama-program.ts'

/** How many messages; a campaign asks for more, and for the built-in model as well. */
const cases = Number(import.meta.env.VITE_CASES ?? 12)
const never = new AbortController().signal

/** The last chunk, where llama.cpp is asked to be verbose: the prompt as it was fed, its tokens written out again. */
type Verbose = RawCompletionChunk & { readonly __verbose?: { readonly prompt: string } }

/** Runs the engine's program in this thread, where wllama can be asked for the tokens that it fed. */
async function feedAll(model: Model): Promise<void> {
  trustWorkerUrls()
  let fed: string | undefined
  const complete = Wllama.prototype.createCompletion as (options: object) => Promise<void>
  vi.spyOn(Wllama.prototype, 'createCompletion').mockImplementation(async function (this: Wllama, options: object) {
    const { onData } = options as { onData(chunk: Verbose): void }
    const listen = (chunk: Verbose) => {
      fed = chunk.__verbose?.prompt ?? fed
      onData(chunk)
    }
    return complete.call(this, { ...options, verbose: true, onData: listen }) as never
  })
  const program = wllamaProgram()
  await program.load({ model, windowTokens: 1024 }, () => {}, never)
  const sampling = { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 1 }
  const feed = async (prompt: readonly PromptPart[]): Promise<Fed> => {
    fed = undefined
    for await (const event of program.generate({ prompt, sampling, stop: [] }, never)) assert(event.type !== undefined, 'it runs')
    assert(fed !== undefined, 'wllama told what it fed')
    return { text: fed }
  }
  await feedMessages(model, cases, feed)
  await program.unload()
}

describe(`[E35] [E36] ${cases} fuzzed messages reach the CPU engine as they were written`, () => {
  afterEach(() => vi.restoreAllMocks())

  it('hand-made model', { timeout: 3_600_000 }, async () => {
    await feedAll(await keepChainModel())
  })

  it.skipIf(import.meta.env.VITE_CASES === undefined)('built-in model', { timeout: 3_600_000 }, () => feedAll(builtIn))
})
