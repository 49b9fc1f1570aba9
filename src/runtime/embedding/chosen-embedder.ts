import type { EmbedderModel } from '#ports/embedder.ts'
import type { LonghandState } from '#runtime/state.ts'

/** The embedder that the settings name, of those that are here; undefined where its file is gone. The first is the one on offer. */
export function chosenEmbedder({
  settings,
  embedderModels,
}: Pick<LonghandState, 'settings' | 'embedderModels'>): EmbedderModel | undefined {
  return settings.embedder === undefined ? embedderModels[0] : embedderModels.find(({ id }) => id === settings.embedder)
}
