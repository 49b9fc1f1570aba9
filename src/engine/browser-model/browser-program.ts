import { wantedSchema } from '#engine/json/wanted-schema.ts'
import { oneAtATime } from '#engine/one-at-a-time.ts'
import { refuseRolling } from '#engine/refuse-rolling.ts'
import { createStopScanner } from '#engine/scripted/stop-scanner.ts'
import type { EngineProgram } from '#engine/serve-engine.ts'
import { EngineError, type GenerateEvent, type GenerateRequest } from '#ports/engine.ts'
import { apiFailure } from './api-failure.ts'
import { measure, type PromptApi, type PromptMessage, type PromptSession, quotaOf, usageOf } from './prompt-api.ts'
import { type Asked, goesOnFrom, promptMessages } from './prompt-messages.ts'

type Loaded = {
  readonly windowTokens: number
  /** Counts, and keeps the model in memory. */
  readonly base: PromptSession
  /** The last conversation's session and what was said in it. */
  held?: { readonly session: PromptSession; readonly said: readonly PromptMessage[] }
}
type Finish = Extract<GenerateEvent, { type: 'generation-end' }>['finishReason']

/**
 * The browser's own model behind the port. Tokens are counted by the browser's own measure; what it keeps of earlier prompts
 * it does not tell, and nothing of it is claimed. It takes no limit of a reply: where one is reached, the reply is broken off,
 * and each piece that comes counts as a token until the browser tells.
 */
export function browserProgram(api: PromptApi): EngineProgram {
  const gate = oneAtATime()
  let loaded: Loaded | undefined

  const ready = (): Loaded => {
    if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
    return loaded
  }
  function clear(): void {
    loaded?.held?.session.destroy()
    loaded?.base.destroy()
    loaded = undefined
  }

  /** A session that holds what was said before, and what of the question is new to it. */
  async function sessionFor(state: Loaded, asked: Asked, fresh: boolean, signal: AbortSignal) {
    const { held } = state
    delete state.held
    const rest = held && !fresh ? goesOnFrom(held.said, asked) : undefined
    if (held && rest) return { session: held.session, rest }
    held?.session.destroy()
    const { before, now } = asked
    return { session: await api.create({ signal, ...(before.length > 0 && { initialPrompts: before }) }), rest: now }
  }

  async function* run(state: Loaded, request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const schema = wantedSchema(request.sampling)
    const asked = promptMessages(request.prompt)
    const began = performance.now()
    const stop = new AbortController()
    const either = AbortSignal.any([signal, stop.signal])
    let session: PromptSession | undefined
    let inputTokens = 0
    let pieces = 0
    let firstAt: number | undefined
    let text = ''
    const end = (finishReason: Finish, outputTokens: number): GenerateEvent => {
      const now = performance.now()
      return {
        type: 'generation-end',
        finishReason,
        inputTokens,
        cachedInputTokens: 0,
        outputTokens,
        prefillMs: (firstAt ?? now) - began,
        decodeMs: now - (firstAt ?? now),
        unusedCache: 'not-reported',
      }
    }
    try {
      const made = await sessionFor(state, asked, request.fresh === true, either)
      session = made.session
      inputTokens = usageOf(session) + ((await measure(session, made.rest)) ?? 0)
      if (inputTokens >= state.windowTokens)
        throw new EngineError('context-overflow', `The prompt has ${inputTokens} tokens, the window ${state.windowTokens}.`)
      yield { type: 'prefill-progress', doneTokens: 0, totalTokens: inputTokens }
      const most = Math.min(request.sampling.maxOutputTokens, state.windowTokens - inputTokens)
      const scanner = createStopScanner(request.stop)
      const reader = session
        .promptStreaming(made.rest, { signal: either, ...(schema && { responseConstraint: schema }) })
        .getReader()
      let finish: Finish = 'stop'
      for (let step = await reader.read(); !step.done; step = await reader.read()) {
        firstAt ??= performance.now()
        pieces++
        text += step.value
        const { text: visible, stopped } = scanner.push(step.value)
        if (visible !== '') yield { type: 'text-delta', text: visible, outputTokens: pieces }
        if (stopped) break
        if (pieces >= most) finish = 'length'
        if (finish === 'length') break
        // A browser may end a stream quietly when it is told to stop.
        if (signal.aborted) break
      }
      if (signal.aborted) finish = 'cancelled'
      const rest = scanner.flush()
      if (rest !== '') yield { type: 'text-delta', text: rest, outputTokens: pieces }
      const whole = finish === 'stop' && (await isDone(reader))
      const told = whole ? usageOf(session) - inputTokens : 0
      stop.abort()
      if (whole) {
        const begun = asked.now.at(-1)?.prefix ? (asked.now.at(-1)?.content ?? '') : ''
        const said = [...asked.before, ...asked.now.filter(({ prefix }) => !prefix)]
        state.held = { session, said: [...said, { role: 'assistant', content: begun + text }] }
      } else session.destroy()
      yield end(finish, Math.max(pieces, told))
    } catch (error) {
      session?.destroy()
      if (signal.aborted) yield end('cancelled', pieces)
      else throw apiFailure(error, schema !== undefined)
    }
  }

  return {
    async load(request, onProgress, signal) {
      const { model, windowTokens } = request
      const leave = await gate.enter(signal)
      if (!leave) throw new EngineError('aborted', 'Loading was cancelled.')
      try {
        refuseRolling(request)
        clear()
        if ((await api.availability()) === 'unavailable')
          throw new EngineError('unsupported-device', 'The browser says that its model cannot be had on this device.')
        onProgress({ type: 'prepare' })
        const monitor = (target: EventTarget) =>
          target.addEventListener('downloadprogress', (event) => {
            // A share and no bytes: the browser does not say how large it is.
            onProgress({ type: 'prepare', fraction: Math.min(1, (event as ProgressEvent).loaded) })
          })
        const base = await api.create({ signal, monitor })
        if (signal.aborted) {
          base.destroy()
          throw new EngineError('aborted', 'Loading was cancelled.')
        }
        const window = Math.min(windowTokens, quotaOf(base) ?? windowTokens)
        loaded = { base, windowTokens: window }
        return {
          engine: 'browser',
          modelId: model.id,
          windowTokens: window,
          runsOn: 'the browser’s own model',
          scoresTokens: false,
          writesJson: 'asked',
          reuse: 'untold',
        }
      } catch (error) {
        throw signal.aborted ? new EngineError('aborted', 'Loading was cancelled.') : apiFailure(error)
      } finally {
        leave()
      }
    },
    async *generate(request, signal) {
      const leave = await gate.enter(signal)
      try {
        yield* run(ready(), request, signal)
      } finally {
        leave?.()
      }
    },
    async scoreTokens() {
      ready()
      throw new EngineError('not-offered', 'The browser gives no probabilities.')
    },
    cachedConversations: async () => [],
    async countTokens(texts) {
      const { base } = ready()
      const counts: number[] = []
      for (const text of texts) {
        const tokens = text === '' ? 0 : await measure(base, text)
        if (tokens === undefined) throw new EngineError('not-offered', 'This browser counts no tokens.')
        counts.push(tokens)
      }
      return counts
    },
    async unload() {
      const leave = await gate.enter()
      clear()
      leave?.()
    },
  }
}

/** Whether a stream is at its end. */
const isDone = async (reader: ReadableStreamDefaultReader<string>): Promise<boolean> =>
  reader.read().then(
    ({ done }) => done,
    () => false,
  )
