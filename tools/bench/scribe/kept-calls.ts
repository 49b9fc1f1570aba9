import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Reply } from '#engine/testing/collect-reply.ts'
import type { Engine, GenerateRequest } from '#ports/engine.ts'
import { textHash } from '#shared/text-hash.ts'
import type { Scribe } from './open-scribe.ts'

/** A call that was made, as a line of a file. */
type KeptCall = Reply & { readonly key: string; readonly prompt: string }

/**
 * An engine that asks the page, and keeps every answer in a file of JSON lines: decoding is greedy, so that a run that was
 * cut off is simply made again, and what was asked before is read from the file. The page is opened at the first new call.
 */
export function keptCalls(file: string, open: () => Promise<Scribe>): Engine & { readonly calls: () => readonly Reply[] } {
  const known = new Map<string, KeptCall>()
  if (existsSync(file))
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const call = JSON.parse(line) as KeptCall
      known.set(call.key, call)
    }
  let scribe: Promise<Scribe> | undefined
  const used: Reply[] = []

  async function answer(request: GenerateRequest): Promise<Reply> {
    const prompt = request.prompt.map(({ text }) => text).join('')
    const key = textHash(`${request.sampling.maxOutputTokens} ${prompt}`)
    const kept = known.get(key)
    if (kept) return kept
    scribe ??= open()
    const completion = await (await scribe).complete(request)
    const call = { key, ...completion, prompt }
    known.set(key, call)
    appendFileSync(file, `${JSON.stringify(call)}\n`)
    return call
  }
  const missing = () => Promise.reject(new Error('The campaign only generates.'))
  return {
    name: 'wllama',
    load: missing,
    scoreTokens: missing,
    cachedConversations: async () => [],
    countTokens: missing,
    unload: missing,
    watch: () => {},
    check: missing,
    async *generate(request) {
      const { text, end } = await answer(request)
      used.push({ text, end })
      yield { type: 'text-delta', text, outputTokens: end.outputTokens }
      yield end
    },
    dispose: () => void scribe?.then(({ close }) => close()),
    calls: () => used,
  }
}
