import type { LoadedModel } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { Notice } from '#runtime/notice.ts'
import { cachedWindow } from '#runtime/rolling-load.ts'
import { selfTestWords } from '#runtime/self-test-words.ts'
import type { EngineState } from '#runtime/state.ts'
import type { Problem } from '#shared/problem.ts'
import type { Recovery } from './decide-recovery.ts'

const numbers = ['', '', 'twice', 'three times', 'four times', 'five times', 'six times']

const lastingAdvice: Readonly<Record<string, string>> = {
  'engine/device-lost':
    'Close what else uses the GPU, or choose a smaller window or model. Where it goes on, run the model on the CPU.',
  'engine/out-of-memory': 'Choose a smaller window or a smaller model on the Models page, or close other programs.',
  'engine/worker-crashed': 'Choose a smaller window or model, or reload the page.',
  'engine/internal': 'Reload the page. Where it goes on, choose another model.',
  'engine/no-gpu':
    'Reload the page yourself, which browsers answer with a new GPU; where they do not, start the browser anew, or run the model on the CPU.',
}

/** A problem that is not tried again unasked: how often it happened, and what may help for good. */
export function lastingProblem(problem: Problem, { times, failures }: Extract<Recovery, { type: 'stop' }>): Problem {
  const often =
    times > 1
      ? `This happened ${numbers[times] ?? `${times} times`} in a short time, so it is not tried again by itself.`
      : failures > 1
        ? `The engine failed ${numbers[failures] ?? `${failures} times`} in a short time, so it is not tried again by itself.`
        : undefined
  if (!often) return problem
  return { ...problem, advice: `${often} ${lastingAdvice[problem.type] ?? problem.advice} Everything you wrote is on disk.` }
}

/** What there is to say once a model is loaded, all in one notice and the worst first; nothing where all went as it should. */
export function loadedNews(
  model: Model,
  loaded: LoadedModel,
  again: NonNullable<Extract<EngineState, { type: 'loading' }>['again']> | undefined,
): Omit<Notice, 'id'> | undefined {
  const { selfTest } = loaded
  const loadedWords =
    again?.fromTokens !== undefined
      ? smallerWindowWords(model.name, cachedWindow(loaded), again.fromTokens)
      : again && { tone: 'good' as const, text: `${again.problem.title} ${model.name} was loaded again; nothing was lost.` }
  if (!selfTest || selfTest.passed) return loadedWords
  const { text, detail } = selfTestWords(model, selfTest)
  return { tone: 'bad', text, detail: loadedWords ? `${detail} ${loadedWords.text}` : detail }
}

/** The words for a window that was made smaller. */
function smallerWindowWords(name: string, windowTokens: number, fromTokens: number) {
  const count = (tokens: number) => tokens.toLocaleString('en')
  return {
    tone: 'bad' as const,
    text: `The window of ${name} is now ${count(windowTokens)} tokens: there was not enough memory for ${count(fromTokens)}.`,
    detail: 'Your conversations are whole. Less of a long one fits into each prompt; the size can be changed on the Models page.',
  }
}
