import { expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import { replyMisfit } from '#shared/json-schema.ts'
import type { Engine, GenerateEvent, GenerateRequest } from './engine.ts'

/** What the engine contract lends. */
type Kit = {
  readonly engine: () => Engine
  readonly writesJson: () => boolean
  /** It is asked and does not do it: nothing to be held to. */
  readonly ignores: () => boolean
  readonly prompt: (texts: readonly string[], begun?: string) => readonly PromptPart[]
  readonly request: (parts: readonly PromptPart[], maxOutputTokens: number) => GenerateRequest
}

const never = new AbortController().signal

/** No text is free in it, so that even a model whose words mean nothing comes to its end. */
const schema = {
  type: 'object',
  properties: {
    answer: { type: 'boolean' },
    colour: { enum: ['red', 'green'] },
    steps: { type: 'array', items: { const: 1 }, minItems: 2, maxItems: 2 },
  },
  required: ['answer', 'colour', 'steps'],
  additionalProperties: false,
}

/** The part of the engine contract that is about replies held to a JSON schema. */
export function describeJson({ engine, writesJson, ignores, prompt, request }: Kit): void {
  const run = async (jsonSchema: string, temperature: number) => {
    const what = request(prompt(['Answer as JSON.']), 200)
    const events: GenerateEvent[] = []
    const sampling = { ...what.sampling, temperature, jsonSchema }
    for await (const event of engine().generate({ ...what, sampling }, never)) events.push(event)
    const text = events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')
    return { text, end: events.at(-1) }
  }
  const text = JSON.stringify(schema)

  it('[E80] writes JSON that fits the schema, whatever the temperature, or says that it cannot', async ({ skip }) => {
    skip(ignores(), 'this server is asked and does not do it')
    if (!writesJson()) {
      await expect(run(text, 0)).rejects.toMatchObject({ name: 'EngineError', type: 'cannot-constrain' })
      return
    }
    for (const temperature of [0, 1]) {
      const { text: reply, end } = await run(text, temperature)
      expect(replyMisfit(text, reply), reply).toBeUndefined()
      expect(end).toMatchObject({ type: 'generation-end', finishReason: 'stop' })
    }
    // What holds one reply holds no other.
    const free = request(prompt(['Talk.']), 8)
    let words = ''
    for await (const event of engine().generate(free, never)) if (event.type === 'text-delta') words += event.text
    expect(words.startsWith('{"answer"')).toBe(false)
  })

  it('[E81] refuses what is no schema before anything is written', async ({ skip }) => {
    skip(!writesJson(), 'this engine holds no reply to a schema, and says so above')
    await expect(run('{"type": "text"}', 0)).rejects.toMatchObject({ type: 'bad-schema' })
    await expect(run('{', 0)).rejects.toMatchObject({ type: 'bad-schema' })
  })
}
