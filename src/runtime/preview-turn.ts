import type { CountTokens } from '#context/assemble-input.ts'
import type { Manifest } from '#context/manifest.ts'
import type { LoadedModel } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import { planTurn } from './plan-turn.ts'
import type { Runtime } from './runtime.ts'
import type { OpenConversation } from './state.ts'

/** The model that a prompt is laid for, with what counts its tokens. */
export type PreviewModel = { readonly model: Model; readonly loaded: LoadedModel; readonly count: CountTokens }

/** The manifest that a text would have, sent to a conversation now. */
export async function previewTurn(
  runtime: Runtime,
  open: OpenConversation,
  text: string,
  model: PreviewModel,
): Promise<Manifest> {
  const turn = await planTurn(runtime, open, { type: 'next', text }, model)
  if (!turn) throw new Error('Longhand bug: a new message has no plan')
  return turn.manifest
}

/** The loaded model with its own counts; else the one that would be loaded, with estimates. */
export function modelToPlan({ store, counter }: Runtime): (PreviewModel & { readonly estimated: boolean }) | undefined {
  const { engine, models } = store.getState()
  const loaded = engine.type === 'ready' || engine.type === 'generating' ? engine : undefined
  if (loaded && counter)
    return { model: loaded.model, loaded: loaded.loaded, count: counter.count, estimated: counter.estimates === true }
  const runs = models.filter((row) => row.engine !== undefined)
  const row = runs.find(({ onDisk }) => onDisk === 'yes') ?? runs[0] ?? models[0]
  const count = (text: string) => Math.ceil(text.length / 4)
  if (loaded) return { model: loaded.model, loaded: loaded.loaded, count, estimated: true }
  if (!row) return undefined
  const { model, engine: name = 'wllama', windowTokens } = row
  return {
    model,
    loaded: { engine: name, modelId: model.id, windowTokens, runsOn: '', scoresTokens: false, reuse: 'several' },
    count,
    estimated: true,
  }
}
