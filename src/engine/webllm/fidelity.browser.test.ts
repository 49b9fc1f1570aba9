import { describe, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { type Fed, feedMessages } from '#engine/testing/text-fidelity.ts'
import type { Model } from '#ports/model.ts'
import type { Pipeline } from './pipeline.ts'
import { greedy, TinySession } from './testing/load-tiny.ts'

/** How many messages; a campaign asks for more, and for the built-in model as well. */
const cases = Number(import.meta.env.VITE_CASES ?? 12)

/** Most messages that are really computed with. */
const computed = 100

/** Feeds each message to an empty cache and looks at all tokens that went into a forward pass. */
async function feedAll(session: TinySession, model: Model, messages: number): Promise<void> {
  const { pipeline } = session
  const control = new Set(model.template.controlTokens.flatMap((token) => pipeline.encode(token)))
  const feed = async (prompt: readonly PromptPart[]): Promise<Fed> => {
    session.reset()
    await session.reply(greedy(prompt, 0))
    const fed = session.fed.flat()
    return { text: pipeline.decode(fed), controls: fed.filter((token) => control.has(token)).length }
  }
  await feedMessages(model, messages, feed)
}

describe(`[E35] [E36] ${cases} fuzzed messages reach the GPU as they were written`, () => {
  it('tiny model', { timeout: 3_600_000 }, async () => {
    const session = await TinySession.load(2048)
    await feedAll(session, tinyModel, Math.min(cases, computed))
    await feedAll(new TinySession(withoutComputing(session.pipeline)), tinyModel, cases)
    await session.pipeline.unload()
  })

  it.skipIf(import.meta.env.VITE_CASES === undefined)(
    'built-in model, up to the forward pass',
    { timeout: 3_600_000 },
    async () => {
      const { pipeline } = await TinySession.load(2048, builtIn)
      await feedAll(new TinySession(withoutComputing(pipeline)), builtIn, cases)
      await pipeline.unload()
    },
  )
})

/** The pipeline with its own tokenizer and nothing computed: what is fed ends here. */
function withoutComputing({ sequences: _none, ...pipeline }: Pipeline): Pipeline {
  const logits = { shape: [1], dtype: 'float32', dispose: () => {} }
  return { ...pipeline, truncate: () => 0, read: async () => logits, sample: async () => pipeline.stopTokenIds[0] ?? 0 }
}
