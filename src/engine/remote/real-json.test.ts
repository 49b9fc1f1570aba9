import { beforeAll, describe, expect, it } from 'vitest'
import { connectEngine } from '#engine/connect-engine.ts'
import { inProcessWorker } from '#engine/in-process-worker.ts'
import { serveEngine } from '#engine/serve-engine.ts'
import type { ServerFound } from '#ports/remote-server.ts'
import { remoteModels } from '#runtime/remote/remote-model.ts'
import { replyMisfit } from '#shared/json-schema.ts'
import { lookAtServer } from './look-at-server.ts'
import { plainTemplate } from './plain-template.ts'
import { remoteProgram } from './remote-program.ts'

const never = new AbortController().signal
const address = process.env.LONGHAND_SERVER ?? ''
const schema = JSON.stringify({
  type: 'object',
  properties: {
    city: { type: 'string', maxLength: 24 },
    country: { type: 'string', maxLength: 24 },
    capital: { type: 'boolean' },
    population: { type: 'integer' },
  },
  required: ['city', 'country', 'capital'],
})

/** With a server that is known to hold replies to a schema (`LONGHAND_SERVER=llama-server npm run campaign:remote`). */
describe.runIf(process.env.LONGHAND_SERVER_JSON === '1')('[E80] replies as JSON on a real server', () => {
  let found: ServerFound
  beforeAll(async () => {
    found = await lookAtServer({ address, key: '' }, never)
  })

  it.each(['tokens', 'messages'])('fit a schema with free text in it, at temperature 1, where %s are sent', async (sent) => {
    const [first] = found.models
    const template = sent === 'messages' ? plainTemplate : found.template
    const choice = { id: first?.id ?? '', windowTokens: first?.contextTokens ?? 512, windowBy: 'server', template } as const
    const [model] = remoteModels({ on: true, address, sideWork: false, model: choice })
    if (!model) throw new Error('The server has no model.')
    const engine = connectEngine(
      'remote',
      inProcessWorker((channel) => serveEngine(remoteProgram({ address, key: '' }), channel)),
    )
    await engine.load({ model, windowTokens: choice.windowTokens }, () => {}, never)
    const { user, assistant } = template
    const prompt = [
      { role: 'user', text: `${user.before}Tell me about Paris, as JSON.${user.after}` },
      { role: 'reply', text: assistant.before },
    ] as const
    const replies: string[] = []
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      let text = ''
      const sampling = { temperature: 1, topP: 1, seed, maxOutputTokens: 160, jsonSchema: schema }
      for await (const event of engine.generate({ prompt, sampling, stop: template.stop }, never))
        if (event.type === 'text-delta') text += event.text
      replies.push(text)
    }
    engine.dispose()
    console.log(`${sent}: ${replies.join('\n')}`)
    expect(replies.map((text) => replyMisfit(schema, text))).toEqual(replies.map(() => undefined))
  })
})
