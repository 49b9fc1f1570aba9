import { builtIn } from '#engine/catalogue/built-in.ts'
import { lookAtServer } from '#engine/remote/look-at-server.ts'
import { remoteProgram } from '#engine/remote/remote-program.ts'
import { collectReply } from '#engine/testing/collect-reply.ts'
import { remoteModels } from '#runtime/remote/remote-model.ts'
import { startOwnServer } from '../../remote/own-server.ts'
import type { Scribe } from './open-scribe.ts'

const gguf = '.models/smollm2-135m/model.gguf'
const never = new AbortController().signal

/**
 * The built-in model's own file on a server of our own that llama.cpp computes for, asked through the product's remote engine with
 * the exact tokens of every prompt: several times faster than the page, whose WebAssembly computes the same.
 */
export async function servedScribe(windowTokens: number): Promise<Scribe> {
  const server = await startOwnServer(gguf, windowTokens)
  const address = server.url
  const found = await lookAtServer({ address, key: '' }, never)
  const [first] = found.models
  if (!first || !found.counts) throw new Error('The server has no model, or counts no tokens.')
  const named = { id: first.id, windowTokens, windowBy: 'server', template: found.template } as const
  const [model] = remoteModels({ on: true, address, sideWork: true, model: named })
  if (!model) throw new Error('The server’s model cannot be named.')
  const engine = remoteProgram({ address, key: '' })
  await engine.load({ model, windowTokens }, () => {}, never)
  return {
    loaded: { engine: 'remote', modelId: builtIn.id, windowTokens, runsOn: 'llama.cpp', scoresTokens: false, reuse: 'server' },
    complete: (request) => collectReply(engine.generate(request, never)),
    close: server.close,
  }
}
