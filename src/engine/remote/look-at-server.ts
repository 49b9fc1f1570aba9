import { EngineError } from '#ports/engine.ts'
import type { ServerFound, ServerModel } from '#ports/remote-server.ts'
import { askJson, cancelled, type Server } from './ask-server.ts'
import { countAtServer } from './count-at-server.ts'
import { learnTemplate } from './learn-template.ts'
import { plainTemplate } from './plain-template.ts'

/** Most models of a list that are looked at. */
const most = 500
const waitMs = 15_000

type Json = Readonly<Record<string, unknown>>

/** Asks a server what it offers. No text of the user's is sent. */
export async function lookAtServer(server: Server, signal: AbortSignal): Promise<ServerFound> {
  const patience = AbortSignal.timeout(waitMs)
  const both = AbortSignal.any([signal, patience])
  try {
    const models = await listModels(server, both)
    const counts = (await countAtServer(server, models[0]?.id ?? '', ['a'], both).catch(() => undefined)) !== undefined
    // A server with one model has one template; with several it is not known whose it would tell.
    const template = counts && models.length === 1 ? await learnTemplate(server, both) : undefined
    return { models, counts, template: template ?? plainTemplate }
  } catch (error) {
    if (signal.aborted) throw cancelled()
    if (patience.aborted) throw new EngineError('unreachable', `No answer from ${server.address} within ${waitMs / 1000} s.`)
    throw error
  }
}

async function listModels(server: Server, signal: AbortSignal): Promise<readonly ServerModel[]> {
  const answer = await askJson({ server, path: 'v1/models', signal })
  const data = (answer as { data?: unknown } | null)?.data
  if (!Array.isArray(data)) throw new EngineError('server-failed', 'v1/models: the answer holds no list of models.')
  const models = data.slice(0, most).flatMap((entry: unknown) => modelOf(entry))
  const [only] = models
  if (models.length !== 1 || !only) return models
  // llama.cpp names the window of its one model apart.
  const contextTokens = await windowByProps(server, signal)
  return contextTokens === undefined ? models : [{ ...only, contextTokens }]
}

function modelOf(entry: unknown): ServerModel[] {
  const { id, max_model_len: length, context_length: other, max_context_length: third } = (entry ?? {}) as Json
  if (typeof id !== 'string' || id === '') return []
  const contextTokens = [length, other, third].find((value) => typeof value === 'number' && value > 0) as number | undefined
  return [{ id, ...(contextTokens === undefined ? {} : { contextTokens }) }]
}

async function windowByProps(server: Server, signal: AbortSignal): Promise<number | undefined> {
  const props = (await askJson({ server, path: 'props', signal }).catch(() => undefined)) as
    | { default_generation_settings?: { n_ctx?: unknown } }
    | undefined
  const window = props?.default_generation_settings?.n_ctx
  return typeof window === 'number' && window > 0 ? window : undefined
}
