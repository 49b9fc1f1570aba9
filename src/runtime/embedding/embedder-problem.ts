import { EngineError, type EngineErrorType } from '#ports/engine.ts'
import { problemOf } from '#runtime/problems.ts'
import type { Problem } from '#shared/problem.ts'

type Words = { readonly title: string; readonly advice: string }

/** Where the words for chat models would send the user the wrong way. */
const words: Partial<Record<EngineErrorType, Words>> = {
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
  internal: { title: 'The neural model failed.', advice: 'Try again; what was read so far is kept.' },
}

/** What the user is told when the embedder fails. */
export function embedderProblem(error: unknown): Problem {
  const problem = problemOf(error)
  return error instanceof EngineError ? { ...problem, ...words[error.type] } : problem
}
