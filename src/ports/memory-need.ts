import type { ModelBuild } from './model.ts'

/** Memory that a model takes once loaded, in bytes. */
export type MemoryNeed = {
  readonly weightBytes: number
  /** The KV cache for the whole window: it is allocated in full at load. */
  readonly windowBytes: number
  readonly workingBytes: number
  readonly totalBytes: number
}

/** Tokens of a page of the KV cache; one page more than the window fills is kept. */
const PAGE = 16

/** What a build takes with a window. The cache is made of pages, as TVM's paged KV cache rounds it. */
export function memoryNeed(build: ModelBuild, windowTokens: number): MemoryNeed {
  const { weightBytes, workingBytes } = build
  const windowBytes = build.kvBytesPerToken * cacheTokens(windowTokens)
  return { weightBytes, windowBytes, workingBytes, totalBytes: weightBytes + windowBytes + workingBytes }
}

/** A rolling window has two pages more, for what comes in before what rolls out is let go. */
export const rollingSpareTokens = 2 * PAGE

/** Tokens that the cache of a window has room for. */
export function cacheTokens(windowTokens: number): number {
  return (Math.ceil(windowTokens / PAGE) + 1) * PAGE
}
