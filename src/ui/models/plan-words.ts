import type { ModelBuild } from '#ports/model.ts'
import { LEAST_WINDOW, shortBy, type WindowPlan } from '#ports/plan-window.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'

/** Tokens as windows are named: 18432 → "18k", 131072 → "128k", 700 → "700". */
export function formatWindow(tokens: number): string {
  return tokens < 1024 ? formatCount(tokens) : `${Math.floor(tokens / 1024)}k`
}

/** What is safe here, in two parts: what to read first, and why. */
export function planWords(plan: WindowPlan, build: ModelBuild): { readonly head: string; readonly why: string } {
  const { safeTokens, limitedBy, room } = plan
  if (limitedBy === 'weights-buffer')
    return {
      head: 'Does not fit this GPU.',
      why: `One part of it needs a buffer of ${formatBytes(build.largestBufferBytes ?? 0)}, and the GPU has ${formatBytes(room.bufferBytes ?? 0)} at most.`,
    }
  if (safeTokens === 0)
    return {
      head: `Short by ${formatBytes(shortBy(build, LEAST_WINDOW, room))}`,
      why: `even with the smallest window, by an estimate of ${formatBytes(room.usableBytes)} for this device.`,
    }
  const whys: Readonly<Record<'training' | 'memory' | 'buffer', string>> = {
    training: 'the model’s own limit',
    memory: room.basis === 'trial' ? 'by trial' : 'an estimate until it has run once',
    buffer: 'the largest buffer of this GPU',
  }
  return { head: `Safe up to ${formatWindow(safeTokens)} here`, why: whys[limitedBy] }
}

/** What speaks against a window, or nothing. */
export function windowWarning(
  plan: WindowPlan,
  build: ModelBuild,
  windowTokens: number,
  contextLength: number,
): string | undefined {
  if (windowTokens > contextLength)
    return `It was trained for ${formatCount(contextLength)} tokens: what it writes past that gets worse without any sign.`
  if (plan.safeTokens === 0 || windowTokens <= plan.safeTokens) return undefined
  const short = shortBy(build, windowTokens, plan.room)
  return short > 0
    ? `Past what is safe here by about ${formatBytes(short)}: loading may fail, and the page with it. What you wrote is on disk.`
    : 'Past what is safe here: loading may fail. What you wrote is on disk.'
}
