import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a test wants the server to be. What is absent is as the protocol's book has it. */
export type OpenAiServerOptions = {
  readonly models?: readonly { readonly id: string; readonly max_model_len?: number }[]
  readonly key?: string
  /** False: answers without the headers that let another page read them. */
  readonly cors?: boolean
  readonly reply?: (request: ChatRequest) => readonly string[]
  readonly usage?: boolean
  readonly cachedTokens?: number
  readonly stepMs?: number
  /** Breaks the connections of these paths off before a word is said. */
  readonly hangUp?: readonly string[]
  /** Breaks the connection off after so many pieces. */
  readonly cutAfter?: number
  /** Ends the stream after so many pieces without a word. */
  readonly endAfter?: number
  /** Answers a completion with this instead. */
  readonly refuse?: { readonly status: number; readonly body: unknown }
  readonly errorInStream?: unknown
}

export type ChatRequest = {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly max_tokens?: number
  readonly stop?: readonly string[]
}
export type SeenRequest = { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: unknown }

export type OpenAiServer = {
  readonly url: string
  /** Every request but preflights, in order. */
  readonly seen: readonly SeenRequest[]
  /** Streams that the other side closed before their end. */
  readonly aborted: () => number
  change(options: OpenAiServerOptions): void
  close(): Promise<void>
}

/** A small server that speaks the OpenAI protocol by the book, with replies from a script. Listens on this machine alone. */
export async function startOpenAiServer(first: OpenAiServerOptions = {}): Promise<OpenAiServer> {
  let options = first
  let aborted = 0
  const seen: SeenRequest[] = []

  async function complete(request: ChatRequest, response: ServerResponse): Promise<void> {
    const { reply = () => ['Hello', ' from', ' the server.'], stepMs = 0, usage = true } = options
    const send = (payload: unknown) => response.write(`data: ${JSON.stringify(payload)}\n\n`)
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.on('close', () => {
      if (!response.writableFinished) aborted++
    })
    const all = reply(request)
    const pieces = all.slice(0, request.max_tokens ?? all.length)
    const chunk = (delta: object, finish_reason: string | null = null) => send({ choices: [{ index: 0, delta, finish_reason }] })
    chunk({ role: 'assistant' })
    for (const [at, content] of pieces.entries()) {
      if (at === options.cutAfter) return void response.destroy()
      if (at === options.endAfter) return void response.end()
      if (response.destroyed) return
      chunk({ content })
      if (stepMs > 0) await new Promise((resolve) => setTimeout(resolve, stepMs))
    }
    if (options.errorInStream !== undefined) send({ error: options.errorInStream })
    chunk({}, pieces.length < all.length ? 'length' : 'stop')
    const prompt_tokens = request.messages.reduce((sum, { content }) => sum + content.split(/\s+/).length + 4, 3)
    if (usage)
      send({
        choices: [],
        usage: {
          prompt_tokens,
          completion_tokens: pieces.length,
          ...(options.cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: options.cachedTokens } }),
        },
      })
    response.end('data: [DONE]\n\n')
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: unknown): void {
    const path = request.url ?? '/'
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    if (options.cors !== false) response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*')
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type')
      return void response.writeHead(204).end()
    }
    if (options.hangUp?.includes(path)) return void response.destroy()
    seen.push({ path, headers: request.headers, body })
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`)
      return void json(401, {
        error: { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' },
      })
    const models = options.models ?? [{ id: 'book', max_model_len: 4096 }]
    if (path === '/v1/models')
      return void json(200, { object: 'list', data: models.map((model) => ({ object: 'model', ...model })) })
    if (path !== '/v1/chat/completions') return void json(404, { error: { message: 'Not found.' } })
    if (options.refuse) return void json(options.refuse.status, options.refuse.body)
    const asked = body as ChatRequest
    if (!models.some(({ id }) => id === asked.model))
      return void json(404, { error: { message: `The model \`${asked.model}\` does not exist.`, code: 'model_not_found' } })
    void complete(asked, response)
  }

  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => answer(request, response, text === '' ? undefined : JSON.parse(text)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    seen,
    aborted: () => aborted,
    change(next) {
      options = next
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
