import type { RollingWindow } from '#context/rolling-window.ts'
import { wantedSchema } from '#engine/json/wanted-schema.ts'
import { oneAtATime } from '#engine/one-at-a-time.ts'
import { refuseRolling } from '#engine/refuse-rolling.ts'
import type { EngineProgram } from '#engine/serve-engine.ts'
import {
  EngineError,
  type GenerateEvent,
  type GenerateRequest,
  type ScoreProgress,
  type ScoreRequest,
  type TokenScore,
} from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import { defaultReply } from './default-reply.ts'
import { pause } from './pause.ts'
import type { Script } from './script.ts'
import { scriptedJson } from './scripted-json.ts'
import { scriptedScores } from './scripted-scores.ts'
import { scriptedCounter, scriptedTokens } from './scripted-tokens.ts'
import { createStopScanner } from './stop-scanner.ts'

/** Tokens read between two reports, and written between two breaths of the event loop. */
const readStep = 64
const writeStep = 8

type Loaded = {
  readonly model: Model
  readonly windowTokens: number
  readonly rolling?: RollingWindow
  /** What stands in the cache, by conversation; under no name, of the work beside them. */
  readonly kv: Map<string | undefined, readonly string[]>
}
type Finish = 'stop' | 'length' | 'cancelled'

/** What runs behind `createScriptedEngine`, as an engine's worker would. */
export function scriptedProgram(script: Script): EngineProgram {
  const gate = oneAtATime()
  let loaded: Loaded | undefined
  let generations = 0

  async function* run(state: Loaded, request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const fault = script.fault?.(++generations)
    const failAt = (written: number) => {
      if (fault?.type === 'error' && written >= fault.atToken)
        throw new EngineError(fault.error, `The script fails at token ${fault.atToken}.`)
    }
    const input = request.prompt.flatMap((part) => scriptedTokens(part.text))
    if (input.length >= state.windowTokens)
      throw new EngineError('context-overflow', `The prompt has ${input.length} tokens, the window ${state.windowTokens}.`)

    const schema = wantedSchema(request.sampling)
    if (schema && script.json === false) throw new EngineError('cannot-constrain', 'The script writes no JSON.')
    const began = performance.now()
    const { conversation } = request
    const { held, unused } = state.rolling
      ? goneOnFrom(state, conversation, input)
      : { held: shared(state, conversation, input, script.reuse !== 'one'), unused: false }
    const cached = request.fresh ? 0 : Math.min(held, input.length - 1)
    let read = cached
    let written = 0
    let decodeBegan: number | undefined
    const end = (finishReason: Finish): GenerateEvent => {
      const now = performance.now()
      return {
        type: 'generation-end',
        finishReason,
        inputTokens: input.length,
        cachedInputTokens: cached,
        outputTokens: written,
        prefillMs: (decodeBegan ?? now) - began,
        decodeMs: now - (decodeBegan ?? now),
        ...(unused && { unusedCache: 'appended' }),
      }
    }

    while (read < input.length) {
      const next = Math.min(input.length, read + readStep)
      await pause(script.readTokensPerSecond ? ((next - read) / script.readTokensPerSecond) * 1000 : 0, signal)
      if (signal.aborted) return yield end('cancelled')
      read = next
      state.kv.set(conversation, input.slice(0, read))
      yield { type: 'prefill-progress', doneTokens: read, totalTokens: input.length }
    }
    decodeBegan = performance.now()
    failAt(0)

    const whole = schema ? JSON.stringify(scriptedJson(schema)) : wholeReply(script, request, state.model)
    const output = scriptedTokens(remainder(whole, request, state.model))
    const repeated = scriptedTokens(whole)
    const scanner = createStopScanner(request.stop)
    for (;;) {
      if (fault?.type === 'stall' && written >= fault.atToken) await pause(undefined, signal)
      else if (script.tokensPerSecond) await pause(1000 / script.tokensPerSecond, signal)
      else if (written % writeStep === 0) await pause(0, signal)
      const token = output[written] ?? (fault?.type === 'endless' ? repeated[written % repeated.length] : undefined)
      const finish = signal.aborted
        ? 'cancelled'
        : token === undefined
          ? 'stop'
          : written >= request.sampling.maxOutputTokens || input.length + written >= state.windowTokens
            ? 'length'
            : undefined
      if (finish !== undefined || token === undefined) {
        const rest = scanner.flush()
        if (rest !== '') yield { type: 'text-delta', text: rest, outputTokens: written }
        return yield end(finish ?? 'stop')
      }
      written++
      const { text, stopped } = scanner.push(token)
      if (text !== '') yield { type: 'text-delta', text, outputTokens: written }
      if (stopped) return yield end('stop')
      state.kv.set(conversation, [...input, ...output.slice(0, written)])
      failAt(written)
    }
  }

  async function score(
    state: Loaded,
    { prompt, text }: ScoreRequest,
    onProgress: (progress: ScoreProgress) => void,
    signal: AbortSignal,
  ): Promise<readonly TokenScore[]> {
    const before = prompt.flatMap((part) => scriptedTokens(part.text))
    const tokens = scriptedTokens(text)
    const totalTokens = before.length + tokens.length
    if (totalTokens > state.windowTokens)
      throw new EngineError('context-overflow', `Prompt and text have ${totalTokens} tokens, the window ${state.windowTokens}.`)
    const expected = scriptedTokens(remainder(wholeReply(script, { prompt }, state.model), { prompt }, state.model))
    const scores = scriptedScores(before, tokens, expected)
    for (let read = shared(state, undefined, before, script.reuse !== 'one'); read < totalTokens; ) {
      const next = Math.min(totalTokens, read + readStep)
      await pause(script.readTokensPerSecond ? ((next - read) / script.readTokensPerSecond) * 1000 : 0, signal)
      if (signal.aborted) throw new EngineError('aborted', 'Scoring was cancelled.')
      read = next
      state.kv.set(undefined, [...before, ...tokens].slice(0, read))
      onProgress({ doneTokens: read, totalTokens })
    }
    return scores
  }

  return {
    async load(request, onProgress, signal) {
      const { model, windowTokens, rolling } = request
      const leave = await gate.enter(signal)
      if (!leave) throw new EngineError('aborted', 'Loading was cancelled.')
      try {
        refuseRolling(request, model.builds.scripted)
        loaded = undefined
        const totalBytes = model.builds.scripted?.downloadBytes ?? 0
        const steps = script.loadSteps ?? 4
        for (let step = 0; step <= steps; step++) {
          if (step > 0) await pause(script.loadStepMs ?? 0, signal)
          if (signal.aborted) throw new EngineError('aborted', 'Loading was cancelled.')
          const fault =
            typeof script.loadError === 'function' ? script.loadError(rolling?.keptTokens ?? windowTokens) : script.loadError
          if (step > 0 && fault) throw new EngineError(fault, 'The script lets loading fail.')
          onProgress({ type: 'download', doneBytes: Math.round((totalBytes * step) / steps), totalBytes })
        }
        onProgress({ type: 'prepare' })
        loaded = { model, windowTokens, ...(rolling && { rolling }), kv: new Map() }
        return {
          engine: 'scripted',
          modelId: model.id,
          windowTokens,
          ...(rolling && { rolling }),
          runsOn: 'a script, for tests',
          scoresTokens: script.scores ?? true,
          ...(script.json === false ? {} : { writesJson: 'held' as const }),
          ...(script.countsDiffer ? { countsDiffer: true as const } : {}),
          reuse: rolling ? 'appended' : (script.reuse ?? 'several'),
          ...(script.selfTest ? { selfTest: script.selfTest } : {}),
        }
      } finally {
        leave()
      }
    },
    async *generate(request, signal) {
      const leave = await gate.enter(signal)
      try {
        if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
        yield* run(loaded, request, signal)
      } finally {
        leave?.()
      }
    },
    async scoreTokens(request, onProgress, signal) {
      const leave = await gate.enter(signal)
      try {
        if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
        if (script.scores === false) throw new EngineError('not-offered', 'The script offers no probabilities.')
        if (!leave) throw new EngineError('aborted', 'Scoring was cancelled.')
        return await score(loaded, request, onProgress, signal)
      } finally {
        leave?.()
      }
    },
    cachedConversations: async () => [...(loaded?.kv.keys() ?? [])].filter((conversation) => conversation !== undefined),
    countTokens: async (texts) => {
      if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.')
      return texts.map((text) => scriptedCounter.count(text))
    },
    ...(script.onMade ? { onBroken: script.onMade } : {}),
    ...(script.check ? { check: script.check } : {}),
    async unload() {
      const leave = await gate.enter()
      loaded = undefined
      leave?.()
    },
  }
}

/** Tokens at the front that the cache holds; in place where only one sequence fits, whatever stands there goes. */
function shared({ kv }: Loaded, conversation: string | undefined, input: readonly string[], several: boolean): number {
  const longest = Math.max(0, ...[...kv.values()].map((held) => sharedLength(held, input)))
  if (!several) kv.clear()
  kv.set(conversation, input.slice(0, longest))
  return longest
}

/** A rolling window holds one conversation, and is of use only to a prompt that goes on from all of it. */
function goneOnFrom({ kv }: Loaded, conversation: string | undefined, input: readonly string[]) {
  const [all = []] = kv.values()
  const common = sharedLength(all, input)
  const held = common === all.length && common < input.length ? common : 0
  kv.clear()
  kv.set(conversation, input.slice(0, held))
  return { held, unused: common > held }
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

/** The reply to a prompt, after a thought where one is opened. */
function wholeReply(
  { reply = defaultReply, thought = defaultThought }: Script,
  { prompt, sampling }: Pick<GenerateRequest, 'prompt'> & Partial<Pick<GenerateRequest, 'sampling'>>,
  { thinks }: Model,
): string {
  const marks = thinks?.template.thought
  const answer = reply(prompt, sampling)
  const opening = prompt.at(-1)?.text.slice(thinks?.template.assistant.before.length)
  return marks && opening?.startsWith(marks.open) ? `${marks.open}${thought}\n${marks.close}\n\n${answer}` : answer
}

const defaultThought = 'I am asked something. I look at what stands in the window, and answer by my rule.'

/** What is left to write: the prompt may end with the beginning of the reply. */
function remainder(whole: string, request: Pick<GenerateRequest, 'prompt'>, model: Model): string {
  const opening = request.prompt.at(-1)
  if (opening?.role !== 'reply') return whole
  const begun = opening.text.slice(model.template.assistant.before.length)
  return whole.startsWith(begun) ? whole.slice(begun.length) : whole
}
