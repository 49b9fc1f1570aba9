import { memoryNeed } from '#ports/memory-need.ts'
import type { Device, ModelRow } from '#runtime/state.ts'
import { buildOf } from './build-of.ts'

/** The window that a recommended model has to have room for. */
const WINDOW = 8192
/** Share of what the device can give that it may take: other programs want some. */
const SHARE = 3 / 4

/**
 * The model to try first here: of the general ones of the present generation the largest that takes, with a window of
 * 8,192 tokens, at most three quarters of what this device can give, by the smallest of its builds that runs. On a GPU only:
 * on a CPU, and a software GPU is one, every model but the built-in one is too slow.
 */
export function recommend(rows: readonly ModelRow[], gpu: Device['gpu']): ModelRow | undefined {
  if (gpu !== 'real') return undefined
  const suited = rows.filter((row) => {
    const build = buildOf(row)
    const { plan, model } = row
    if (!model.recommend || row.engine !== 'webllm' || !plan || !build || plan.safeTokens < WINDOW) return false
    return memoryNeed(build, WINDOW).totalBytes <= plan.room.usableBytes * SHARE
  })
  const weights = (row: ModelRow) => buildOf(row)?.weightBytes ?? 0
  return suited.toSorted((a, b) => b.model.parameters - a.model.parameters || weights(a) - weights(b))[0]
}
