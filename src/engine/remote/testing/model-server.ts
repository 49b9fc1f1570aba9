import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createStopScanner } from '#engine/scripted/stop-scanner.ts'
import type { JsonSchema } from '#shared/json-schema.ts'

export type ServedMessage = { readonly role: string; readonly content: string }

/** A model with its tokenizer and template; what the server makes a protocol of. */
export type ServedModel = {
  readonly id: string
  readonly contextTokens: number
  tokenize(text: string): readonly number[]
  /** The conversation by the model's own template, with the opening of a reply at its end. */
  render(messages: readonly ServedMessage[]): string
  /**
   * Reads a prompt, on top of what it has read before, and writes until the turn ends: one text a token, which may be empty.
   * `onRead` tells how many tokens of the prompt are read, those reused included.
   */
  write(
    prompt: readonly number[],
    sampling: { readonly temperature: number; readonly topP: number; readonly seed: number; readonly schema?: JsonSchema },
    onRead: (doneTokens: number, cachedTokens: number) => void,
    stopped: () => boolean,
  ): AsyncIterable<string>
  /** Drops what was read. */
  forget(): Promise<void>
}

type Body = {
  readonly prompt?: readonly number[] | string
  readonly messages?: readonly ServedMessage[]
  readonly content?: string
  readonly max_tokens?: number
  readonly stop?: readonly string[]
  readonly temperature?: number
  readonly top_p?: number
  readonly seed?: number
  readonly return_progress?: boolean
  readonly cache_prompt?: boolean
  readonly json_schema?: JsonSchema
  readonly response_format?: { readonly json_schema?: { readonly schema?: JsonSchema } }
}

/**
 * Serves a model as llama.cpp's server does: lists it, tokenizes, lays messages, completes prompts and chats as a stream with
 * progress and usage, one after the other, and refuses what is longer than its window. On this machine alone.
 */
export async function startModelServer(model: ServedModel, port = 0) {
  let last: Promise<void> = Promise.resolve()

  async function complete(body: Body, chat: boolean, response: ServerResponse): Promise<void> {
    const text = chat ? model.render(body.messages ?? []) : body.prompt
    const prompt = typeof text === 'string' ? model.tokenize(text) : (text ?? [])
    if (prompt.length >= model.contextTokens) {
      const message = `request (${prompt.length} tokens) exceeds the available context size (${model.contextTokens} tokens)`
      json(response, 400, { error: { code: 400, message, type: 'exceed_context_size_error' } })
      return
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    let cached = 0
    if (body.cache_prompt === false) await model.forget()
    const send = (payload: object) => response.write(`data: ${JSON.stringify(payload)}\n\n`)
    const piece = (text: string, finish_reason: string | null = null) =>
      send({ choices: [{ index: 0, finish_reason, ...(chat ? { delta: { content: text } } : { text }) }] })
    const onRead = (processed: number, cache: number) => {
      cached = cache
      if (body.return_progress) send({ choices: [], prompt_progress: { total: prompt.length, cache, processed, time_ms: 0 } })
    }
    const scanner = createStopScanner(body.stop ?? [])
    const most = Math.min(body.max_tokens ?? Number.POSITIVE_INFINITY, model.contextTokens - prompt.length)
    const schema = body.json_schema ?? body.response_format?.json_schema?.schema
    const sampling = {
      ...(schema && { schema }),
      temperature: body.temperature ?? 1,
      topP: body.top_p ?? 1,
      seed: body.seed ?? 0,
    }
    let written = 0
    let finish = 'stop'
    for await (const token of model.write(prompt, sampling, onRead, () => response.destroyed)) {
      written++
      const { text, stopped } = scanner.push(token)
      if (text !== '') piece(text)
      if (stopped || response.destroyed) break
      if (written >= most) {
        finish = 'length'
        break
      }
    }
    const rest = scanner.flush()
    if (rest !== '') piece(rest)
    piece('', finish)
    const usage = { prompt_tokens: prompt.length, completion_tokens: written, prompt_tokens_details: { cached_tokens: cached } }
    send({ choices: [], usage })
    response.end('data: [DONE]\n\n')
  }

  function answer({ method, url = '/' }: IncomingMessage, body: Body, response: ServerResponse): void {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type')
    if (method === 'OPTIONS') {
      response.writeHead(204).end()
      return
    }
    const { id, contextTokens } = model
    switch (url.split('?')[0]) {
      case '/v1/models':
        json(response, 200, { object: 'list', data: [{ id, object: 'model', owned_by: 'llamacpp' }] })
        return
      case '/props':
        json(response, 200, { default_generation_settings: { n_ctx: contextTokens } })
        return
      case '/tokenize':
        json(response, 200, { tokens: model.tokenize(body.content ?? '') })
        return
      case '/apply-template':
        json(response, 200, { prompt: model.render(body.messages ?? []) })
        return
      case '/slots/0':
        void model.forget()
        json(response, 200, { id_slot: 0 })
        return
      case '/v1/completions':
      case '/v1/chat/completions': {
        const work = () => (response.destroyed ? Promise.resolve() : complete(body, url.includes('chat'), response))
        last = last.then(work).catch((error: unknown) => {
          process.stderr.write(`${String(error)}\n`)
          response.destroy()
        })
        return
      }
      default:
        json(response, 404, { error: { message: 'Not found', type: 'not_found_error' } })
        return
    }
  }

  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => answer(request, text === '' ? {} : (JSON.parse(text) as Body), response))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}
