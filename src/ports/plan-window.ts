import { cacheTokens, memoryNeed } from './memory-need.ts'
import type { Model, ModelBuild } from './model.ts'

/** What a device can give a model, as far as it is known. */
export type Room = {
  /** Altogether, in bytes. No browser tells it: `basis` says how it was found. */
  readonly usableBytes: number
  readonly basis: 'trial' | 'estimate'
  /** Largest single buffer; absent on the CPU. */
  readonly bufferBytes?: number
}

/** How large a window a model can have on a device. */
export type WindowPlan = {
  /** Largest window that is safe here, in tokens; 0 where even the smallest does not fit. */
  readonly safeTokens: number
  /** What keeps it from being larger: what the model was trained for, the memory, or the size of one buffer. */
  readonly limitedBy: 'training' | 'memory' | 'buffer' | 'weights-buffer'
  readonly room: Room
}

/** Sizes below this are of no use: instructions, a question and a reply have to fit. */
export const LEAST_WINDOW = 1024
/** Safe sizes are whole multiples of it, rounded down. */
const STEP = 256

/**
 * The largest window for which weights, cache and working room fit the device, no buffer of the cache is larger than the
 * device allows, and the model was trained for the length. Past the training length nothing breaks visibly: the text gets
 * worse, so it is a limit like the others.
 */
export function planWindow(
  model: Pick<Model, 'contextLength'>,
  build: ModelBuild,
  room: Room,
  /** Tokens that the cache has room for beside the window's own. */
  spareTokens = 0,
): WindowPlan {
  const { bufferBytes } = room
  if (bufferBytes !== undefined && (build.largestBufferBytes ?? 0) > bufferBytes)
    return { safeTokens: 0, limitedBy: 'weights-buffer', room }
  const free = room.usableBytes - memoryNeed(build, 0).weightBytes - build.workingBytes
  const caps = {
    training: model.contextLength,
    memory: tokensIn(free, build.kvBytesPerToken, spareTokens),
    buffer: tokensIn(bufferBytes, build.kvBufferBytesPerToken, spareTokens),
  }
  const limitedBy = (Object.keys(caps) as (keyof typeof caps)[]).reduce((a, b) => (caps[b] < caps[a] ? b : a))
  const most = caps[limitedBy]
  const rounded = limitedBy === 'training' ? most : Math.floor(most / STEP) * STEP
  return { safeTokens: rounded < Math.min(LEAST_WINDOW, model.contextLength) ? 0 : rounded, limitedBy, room }
}

/** Tokens whose cache fits into bytes; no limit where there is none. */
function tokensIn(bytes: number | undefined, bytesPerToken: number | undefined, spareTokens: number): number {
  if (bytes === undefined || !bytesPerToken) return Number.POSITIVE_INFINITY
  const spare = cacheTokens(0) + spareTokens
  return Math.max(0, Math.floor(bytes / bytesPerToken) - spare)
}

/** Bytes by which a window does not fit; 0 where it does. */
export function shortBy(build: ModelBuild, windowTokens: number, { usableBytes }: Room): number {
  return Math.max(0, memoryNeed(build, windowTokens).totalBytes - usableBytes)
}

const MIB = 1024 ** 2

/**
 * The largest buffer that web-llm 0.2.86 has on an adapter: it asks for 1 GiB, both for a buffer and for what a shader may
 * bind of one, and where that is too much for 256 MiB and 128 MiB, whatever lies between.
 */
export function askedBufferBytes(limits: { readonly maxBufferBytes: number; readonly maxBindingBytes: number }): number {
  const buffer = limits.maxBufferBytes >= 1024 * MIB ? 1024 * MIB : 256 * MIB
  const binding = limits.maxBindingBytes >= 1024 * MIB ? 1024 * MIB : 128 * MIB
  return Math.min(buffer, binding)
}
