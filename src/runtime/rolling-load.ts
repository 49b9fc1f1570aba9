import type { LoadedModel, LoadRequest } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'

/** First tokens that a rolling window keeps: the paper found four to be enough (Xiao et al. 2023, arXiv 2309.17453, table 2). */
export const sinkTokens = 4

/**
 * What is asked of an engine for a cache of so many tokens. Where the window rolls a prompt may be as long as the model was
 * trained for, and the cache keeps so much of it; where the cache holds all of that, nothing would roll.
 */
export function windowAsked(
  { contextLength }: Pick<Model, 'contextLength'>,
  cachedTokens: number,
  rolls: boolean,
): Pick<LoadRequest, 'windowTokens' | 'rolling'> {
  if (!rolls || cachedTokens >= contextLength) return { windowTokens: cachedTokens }
  return { windowTokens: contextLength, rolling: { keptTokens: cachedTokens, sinkTokens } }
}

/** The window that a model's cache was made for, in tokens. */
export const cachedWindow = ({ windowTokens, rolling }: LoadedModel): number => rolling?.keptTokens ?? windowTokens
