import type { EmbedderModel } from '#ports/embedder.ts'
import type { LonghandState } from '#runtime/state.ts'

/** The embedder that the settings name, of those that are here; undefined where its file is gone. The first comes with Longhand. */
export function chosenEmbedder({
  settings,
  embedderModels,
}: Pick<LonghandState, 'settings' | 'embedderModels'>): EmbedderModel | undefined {
  return settings.embedder === undefined ? embedderModels[0] : embedderModels.find(({ id }) => id === settings.embedder)
}

/** What can be chosen on this device: an embedder for the GPU only where there is one that deserves the name. */
export function embeddersHere({
  device,
  embedderModels,
}: Pick<LonghandState, 'device' | 'embedderModels'>): readonly EmbedderModel[] {
  return embedderModels.filter(({ gpu }) => !gpu || device.gpu === 'real')
}
