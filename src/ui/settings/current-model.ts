import type { EngineName, Model } from '#ports/model.ts'
import type { LonghandState } from '#runtime/state.ts'

/** The model that is loaded or being loaded; without one, the built-in model, which would be the first. */
export function currentModel(state: LonghandState): Model | undefined {
  if (state.engine.type !== 'none') return state.engine.model
  return state.models.find((row) => row.model.source === 'built-in')?.model
}

/** What runs it, or would. */
export function currentEngine(state: LonghandState): EngineName | undefined {
  const { engine } = state
  if (engine.type === 'loading') return engine.engine
  if (engine.type === 'ready' || engine.type === 'generating') return engine.loaded.engine
  const model = currentModel(state)
  return state.models.find((row) => row.model.id === model?.id)?.engine
}

/** The window that it has, or would have. */
export function currentWindow(state: LonghandState): number | undefined {
  const { engine } = state
  if (engine.type === 'ready' || engine.type === 'generating') return engine.loaded.windowTokens
  const model = currentModel(state)
  return state.models.find((row) => row.model.id === model?.id)?.windowTokens
}
