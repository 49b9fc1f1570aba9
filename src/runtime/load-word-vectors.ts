import { problemOf } from './problems.ts'
import { notify, type Runtime } from './runtime.ts'

/**
 * Gives the search index its word vectors once it is built. It works without them, but then finds only messages that share
 * words with what is asked; the user is told.
 */
export async function loadWordVectors(runtime: Runtime): Promise<void> {
  const { retrieval, fetchWordTable } = runtime.services
  try {
    await runtime.indexReady
  } catch {
    // The user was told where the index was built.
    return
  }
  try {
    await retrieval.setWordVectors(await fetchWordTable())
  } catch (error) {
    const { detail, title } = problemOf(error)
    notify(runtime, {
      tone: 'info',
      text: 'The table of word meanings could not be loaded. Memory now finds only what shares words with your message; reload the page to try again.',
      detail: detail ?? title,
    })
  }
}
