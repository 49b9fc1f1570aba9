import type { Ask } from '#memory/ask.ts'
import type { Candidate } from '#memory/candidate.ts'
import { type SearchMemory, searchMemory, searchOutputTokens, searchPrompt } from '#memory/search-memory.ts'
import { noteCalls } from './note-calls.ts'
import type { Runtime } from './runtime.ts'
import { fitsWindow } from './side-call.ts'

/** Searches by the model before a reply: what they found, nothing where the question does not fit its window. */
export type SearchByModel = (job: Omit<SearchMemory, 'ask'>) => Promise<readonly Candidate[]>

/** Lets the model search, and counts what came of it. A turn that is prepared twice searches only once. */
export function searchOnce(runtime: Runtime, ask: Ask): SearchByModel {
  const known = new Map<string, readonly Candidate[]>()
  return async (job) => {
    const prompt = searchPrompt(job.question, job.found)
    const before = known.get(prompt.user)
    if (before) return before
    if (!fitsWindow(runtime, { prompt, maxOutputTokens: searchOutputTokens })) return []
    const { candidates, calls } = await searchMemory({ ...job, ask })
    known.set(prompt.user, candidates)
    await noteCalls(runtime.services.storage.settings, 'search', calls)
    return candidates
  }
}
