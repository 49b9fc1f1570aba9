import { EngineError } from '#ports/engine.ts'
import type { Pipeline } from './pipeline.ts'
import { rollingStep } from './rolling-step.ts'
import { agree, knownText } from './test-reuse.ts'

/** Small, so that few tokens roll: more than a page of the cache. */
const small = { keptTokens: 20, sinkTokens: 4 }
const tokens = 32

/**
 * Compares what a model expects after the same text, longer than a small rolling window, read in long steps and in short ones:
 * what a token sees must not depend on how the text is cut. Throws `unsupported-device` where it does; the cache is empty
 * afterwards. Does nothing for a plain window.
 */
export async function testRolling({ rolling, rollBy, encode, read, values }: Pipeline): Promise<void> {
  if (!rolling || !rollBy) return
  const ids = encode(knownText).slice(0, tokens)
  const after = async (most: number) => {
    rollBy(small)
    for (let filled = 0; ; ) {
      const step = rollingStep(small, filled, Math.min(most, ids.length - filled))
      const logits = await read(ids.slice(filled, filled + step))
      filled += step
      if (filled === ids.length) return values(logits)
      logits.dispose()
    }
  }
  const inLongSteps = await after(tokens)
  const inShortSteps = await after(3)
  rollBy(rolling)
  if (!agree(inLongSteps, inShortSteps))
    throw new EngineError(
      'unsupported-device',
      'In a rolling window this GPU reads the same text differently in long steps and in short ones. Choose the plain window.',
    )
}
