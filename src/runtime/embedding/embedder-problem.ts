import type { EmbedderModel } from '#ports/embedder.ts'
import { EngineError, type EngineErrorType } from '#ports/engine.ts'
import { problemOf } from '#runtime/problems.ts'
import type { Problem } from '#shared/problem.ts'

type Words = { readonly title: string; readonly advice: string }
type WordsByType = Partial<Record<EngineErrorType, Words>>

/** Where the words for chat models would send the user the wrong way. */
const words: WordsByType = {
  'file-missing': {
    title: 'The neural model is not on this server.',
    advice: 'Run “npm run embedder:get” once in Longhand’s folder, then try again.',
  },
  'own-file-lost': {
    title: 'The file of this neural model is damaged or gone.',
    advice: 'Bring it again below, or choose another.',
  },
  'out-of-memory': {
    title: 'There is not enough memory for the neural model.',
    advice: 'Unload the chat model or close other pages, then try again.',
  },
  'worker-crashed': { title: 'The neural model stopped.', advice: 'Try again; what was read so far is kept.' },
  'device-lost': {
    title: 'The GPU stopped, and the neural model with it.',
    advice: 'Try again; what was read so far is kept.',
  },
  'no-gpu': { title: 'This browser gives pages no GPU.', advice: 'Choose a neural model that runs on the processor.' },
  'unsupported-device': {
    title: 'This GPU lacks something the neural model needs.',
    advice: 'Choose one that runs on the processor.',
  },
  internal: { title: 'The neural model failed.', advice: 'Try again; what was read so far is kept.' },
}

/** What is fetched from the hub, on the page for downloads. */
const ofHub: WordsByType = {
  'file-missing': {
    title: 'The neural model is not in this browser yet.',
    advice: 'A page of its own downloads it, which sees none of your conversations.',
  },
  'wrong-digest': {
    title: 'A file of the neural model was damaged and is thrown away.',
    advice: 'Download what is missing.',
  },
}

const gaveWay: Words = {
  title: 'The neural model was closed: the chat model needed the memory of the GPU.',
  advice: 'Choose a smaller window for the chat model, or a neural model that runs on the processor.',
}

/** What the user is told when the embedder fails. */
export function embedderProblem(error: unknown, model?: EmbedderModel): Problem {
  const problem = problemOf(error)
  if (!(error instanceof EngineError)) return problem
  return { ...problem, ...words[error.type], ...(model?.gpu?.source === 'hub' && ofHub[error.type]) }
}

/** What the user is told when an embedder on the GPU was closed for the chat model. */
export const gaveWayProblem = (): Problem => ({
  ...problemOf(new EngineError('out-of-memory', 'The GPU had not enough memory for both.')),
  ...gaveWay,
})
