import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { remoteModelId } from '#chat/remote-model-id.ts'
import type { PromptPart } from '#context/template.ts'
import { connectEngine } from '#engine/connect-engine.ts'
import { inProcessWorker } from '#engine/in-process-worker.ts'
import { serveEngine } from '#engine/serve-engine.ts'
import { type Engine, EngineError, type GenerateEvent } from '#ports/engine.ts'
import { remoteModels } from '#runtime/remote/remote-model.ts'
import { lookAtServer } from './look-at-server.ts'
import { plainTemplate } from './plain-template.ts'
import { remoteProgram } from './remote-program.ts'
import { type ChatRequest, type OpenAiServer, startOpenAiServer } from './testing/openai-server.ts'

const never = new AbortController().signal
let server: OpenAiServer
let engine: Engine

beforeEach(async () => {
  server = await startOpenAiServer()
  engine = engineFor('')
})
afterEach(async () => {
  engine.dispose()
  await server.close()
})

function engineFor(key: string): Engine {
  return connectEngine(
    'remote',
    inProcessWorker((channel) => serveEngine(remoteProgram({ address: server.url, key }), channel)),
  )
}

function modelNamed(id: string) {
  const chosen = { id, windowTokens: 4096, windowBy: 'server', template: plainTemplate } as const
  const [model] = remoteModels({ on: true, address: server.url, sideWork: false, model: chosen })
  if (!model) throw new Error('no model')
  return model
}
const load = (id = 'book', target = engine) => target.load({ model: modelNamed(id), windowTokens: 4096 }, () => {}, never)

const hello: readonly PromptPart[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Hello there' },
  { role: 'reply', text: '' },
]
async function run(prompt: readonly PromptPart[] = hello, signal = never, onEvent: (event: GenerateEvent) => void = () => {}) {
  const events: GenerateEvent[] = []
  const sampling = { temperature: 0.5, topP: 0.9, seed: 3, maxOutputTokens: 100 }
  for await (const event of engine.generate({ prompt, sampling, stop: ['\n\n'] }, signal)) {
    events.push(event)
    onEvent(event)
  }
  const end = events.at(-1)
  if (end?.type !== 'generation-end') throw new Error('no end')
  return { end, text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('') }
}
const typeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it went well',
    (error: unknown) => (error instanceof EngineError ? error.type : String(error)),
  )
const lastAsked = () => server.seen.findLast(({ path }) => path === '/v1/chat/completions')?.body as ChatRequest & object

describe('remoteProgram against a server that speaks the protocol by the book', () => {
  it('[E61] sends messages as they are, and tells what the server reported', async () => {
    server.change({ cachedTokens: 3 })
    await load()
    const { end, text } = await run()
    expect(text).toBe('Hello from the server.')
    expect(end).toMatchObject({ finishReason: 'stop', inputTokens: 15, outputTokens: 3, cachedInputTokens: 3 })
    expect(end.unusedCache).toBeUndefined()
    expect(lastAsked()).toMatchObject({
      model: 'book',
      stream: true,
      temperature: 0.5,
      top_p: 0.9,
      seed: 3,
      max_tokens: 100,
      stop: ['\n\n'],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello there' },
      ],
    })
  })

  it('[E61] claims no count and no reuse that were not reported', async () => {
    server.change({ usage: false })
    await load()
    const { end } = await run()
    expect(end).toMatchObject({ inputTokens: 0, cachedInputTokens: 0, unusedCache: 'not-reported', outputTokens: 3 })
    expect(await engine.cachedConversations()).toEqual([])
    expect(await typeOf(engine.countTokens(['a']))).toBe('not-offered')
    expect(await typeOf(engine.scoreTokens({ prompt: hello, text: 'x' }, () => {}, never))).toBe('not-offered')
  })

  it('goes on with a reply that was begun', async () => {
    await load()
    await run([...hello.slice(0, 2), { role: 'reply', text: 'Well, ' }])
    expect(lastAsked()).toMatchObject({ continue_final_message: true, add_generation_prompt: false })
    expect(lastAsked().messages.at(-1)).toEqual({ role: 'assistant', content: 'Well, ' })
  })

  it('ends with length where the server says so, and lets a second generation wait', async () => {
    server.change({ reply: () => Array.from({ length: 500 }, () => ' on') })
    await load()
    const [one, two] = await Promise.all([run(), run()])
    expect(one.end.finishReason).toBe('length')
    expect(two.end.outputTokens).toBe(100)
  })

  it('ends cancelled when aborted, and the server hears of it', async () => {
    server.change({ reply: () => Array.from({ length: 90 }, () => ' on'), stepMs: 20 })
    await load()
    const stop = new AbortController()
    const { end, text } = await run(hello, stop.signal, (event) => event.type === 'text-delta' && stop.abort())
    expect(end.finishReason).toBe('cancelled')
    expect(text).not.toBe('')
    await expect.poll(server.aborted).toBe(1)
    server.change({})
    expect((await run()).text).toBe('Hello from the server.')
  })

  it.each([
    ['wrong-key', { key: 'right' }],
    ['no-such-model', { models: [{ id: 'other' }] }],
  ] as const)('[E62] a load fails as %s', async (type, options) => {
    server.change(options)
    expect(await typeOf(load())).toBe(type)
  })

  it('[E91] a load fails as broken off where the server hangs up', async () => {
    server.change({ hangUp: ['/v1/models'] })
    expect(await typeOf(load())).toBe('stream-cut')
  })

  it('[E62] a load fails as unreachable where nothing listens', async () => {
    await server.close()
    expect(await typeOf(load())).toBe('unreachable')
    server = await startOpenAiServer()
  })

  it.each([
    ['wrong-key', { key: 'changed' }],
    ['no-such-model', { models: [{ id: 'other' }] }],
    ['context-overflow', refused(400, { error: { type: 'exceed_context_size_error', message: 'the request exceeds it' } })],
    ['context-overflow', refused(400, { object: 'error', message: "This model's maximum context length is 4096 tokens." })],
    ['context-overflow', refused(400, { error: { code: 'context_length_exceeded', message: 'too long' } })],
    ['no-such-model', refused(404, { error: { message: "model 'book' not found", type: 'api_error' } })],
    ['server-failed', refused(500, 'out of order')],
    ['server-failed', refused(503, { error: { message: 'Loading model', type: 'unavailable_error' } })],
    ['stream-cut', { cutAfter: 2, stepMs: 20 }],
    ['stream-cut', { endAfter: 2, stepMs: 20 }],
    ['stream-cut', { hangUp: ['/v1/chat/completions'] }],
    ['context-overflow', { errorInStream: { message: 'the context size has been exceeded', type: 'exceed_context_size_error' } }],
    ['server-failed', { errorInStream: { message: 'slot gone' } }],
  ] as const)('[E62] a reply fails as %s', async (type, options) => {
    await load()
    server.change(options)
    expect(await typeOf(run())).toBe(type)
    server.change({})
    expect((await run()).text, 'it works on').toBe('Hello from the server.')
  })

  it('[E63] sends the key with every request, and refuses a model of another server', async () => {
    server.change({ key: 'k' })
    const keyed = engineFor('k')
    await load('book', keyed)
    keyed.dispose()
    expect(server.seen.every(({ headers }) => headers.authorization === 'Bearer k')).toBe(true)
    const elsewhere = { ...modelNamed('book'), id: remoteModelId('http://elsewhere.example/', 'book') }
    expect(await typeOf(engine.load({ model: elsewhere, windowTokens: 4096 }, () => {}, never))).toBe('internal')
  })

  it('[E64] tells what a server offers without sending anything of the user’s', async () => {
    server.change({ models: [{ id: 'small', max_model_len: 2048 }, { id: 'large' }] })
    const found = await lookAtServer({ address: server.url, key: '' }, never)
    expect(found).toEqual({
      models: [{ id: 'small', contextTokens: 2048 }, { id: 'large' }],
      counts: false,
      template: plainTemplate,
    })
    expect(server.seen.every(({ path, body }) => body === undefined || path === '/tokenize')).toBe(true)
  })

  it('[E65] no text of a message can forge a turn of a family that is known', () => {
    for (const token of ['<|im_start|>', '<|im_end|>', '<|eot_id|>', '<start_of_turn>', '[INST]', '<|end|>'])
      expect(plainTemplate.controlTokens).toContain(token)
  })
})

function refused(status: number, body: unknown) {
  return { refuse: { status, body } }
}
