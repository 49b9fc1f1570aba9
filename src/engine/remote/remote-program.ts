import { readRemoteModelId } from '#chat/remote-model-id.ts'
import { oneAtATime } from '#engine/one-at-a-time.ts'
import { refuseRolling } from '#engine/refuse-rolling.ts'
import type { EngineProgram } from '#engine/serve-engine.ts'
import { EngineError, type GenerateEvent, type GenerateRequest } from '#ports/engine.ts'
import { askServer, cancelled, type Server } from './ask-server.ts'
import { messagesRequest, tokensRequest } from './completion-request.ts'
import { countAtServer } from './count-at-server.ts'
import { followReply } from './follow-reply.ts'
import { lookAtServer } from './look-at-server.ts'
import { isPlain } from './plain-template.ts'

type Loaded = {
  readonly model: string
  readonly windowTokens: number
  readonly counts: boolean
  /** The prompt is sent as its exact tokens; else as messages. */
  readonly exact: boolean
}

/** Texts whose tokens are kept, so that a transcript is not sent to be counted again with every turn. */
const keptTexts = 2000

/**
 * An engine that runs on a server which speaks the OpenAI protocol. Loading is a look whether it is there and has the model.
 * Where the server counts tokens and its template is known, a prompt goes out as exact tokens; else as messages, and counts
 * are the server's own, told after the reply.
 */
export function remoteProgram(server: Server): EngineProgram {
  const gate = oneAtATime()
  let loaded: Loaded | undefined
  const counted = new Map<string, readonly number[]>()

  const ready = (): Loaded => {
    if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
    return loaded
  }

  async function tokensOf(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]> {
    const { model } = ready()
    const all: (readonly number[])[] = []
    for (const text of texts) {
      const known = counted.get(text)
      const tokens = known ?? (await countAtServer(server, model, [text], signal))[0] ?? []
      counted.delete(text)
      counted.set(text, tokens)
      const oldest = counted.size > keptTexts ? counted.keys().next().value : undefined
      if (oldest !== undefined) counted.delete(oldest)
      all.push(tokens)
    }
    return all
  }

  /** What is sent, and the tokens of it where they are known. */
  async function laid(request: GenerateRequest, signal: AbortSignal) {
    const { model, windowTokens, exact } = ready()
    const { maxOutputTokens } = request.sampling
    if (!exact) return messagesRequest({ model, request, maxOutputTokens }, request.prompt)
    const tokens = (
      await tokensOf(
        request.prompt.map(({ text }) => text),
        signal,
      )
    ).flat()
    const room = windowTokens - tokens.length
    if (room <= 0)
      throw new EngineError('context-overflow', `The prompt has ${tokens.length} tokens, the window ${windowTokens}.`)
    return {
      ...tokensRequest({ model, request, maxOutputTokens: Math.min(maxOutputTokens, room) }, tokens),
      inputTokens: tokens.length,
    }
  }

  async function* run(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const began = performance.now()
    let sent: { readonly path: string; readonly body: object; readonly inputTokens?: number } | undefined
    const answer = async () => {
      sent = await laid(request, signal)
      return askServer({ server, path: sent.path, body: sent.body, signal })
    }
    yield* followReply(answer, () => sent?.inputTokens, began, signal)
  }

  return {
    async load(request, onProgress, signal) {
      const { model, windowTokens } = request
      const leave = await gate.enter(signal)
      try {
        refuseRolling(request)
        loaded = undefined
        if (!leave) throw cancelled()
        const named = readRemoteModelId(model.id)
        if (named?.address !== server.address)
          throw new EngineError('internal', `${model.id} is not on the server that was allowed, ${server.address}.`)
        onProgress({ type: 'prepare' })
        const found = await lookAtServer(server, signal)
        if (signal.aborted) throw cancelled()
        if (!found.models.some(({ id }) => id === named.model))
          throw new EngineError('no-such-model', `${server.address} offers no model ${named.model}.`)
        counted.clear()
        loaded = { model: named.model, windowTokens, counts: found.counts, exact: found.counts && !isPlain(model.template) }
        return {
          engine: 'remote',
          modelId: model.id,
          windowTokens,
          runsOn: `a server outside this page, ${server.address}`,
          scoresTokens: false,
          writesJson: 'asked',
          reuse: 'server',
        }
      } finally {
        leave?.()
      }
    },
    async *generate(request, signal) {
      const leave = await gate.enter(signal)
      try {
        ready()
        yield* run(request, signal)
      } finally {
        leave?.()
      }
    },
    async scoreTokens() {
      ready()
      throw new EngineError('not-offered', 'A server gives no probabilities of given texts.')
    },
    // What a server keeps is known only from what it tells after a reply.
    cachedConversations: async () => [],
    async countTokens(texts) {
      if (!ready().counts) throw new EngineError('not-offered', 'The server counts no tokens.')
      return (await tokensOf(texts, new AbortController().signal)).map(({ length }) => length)
    },
    async unload() {
      const leave = await gate.enter()
      loaded = undefined
      counted.clear()
      leave?.()
    },
  }
}
