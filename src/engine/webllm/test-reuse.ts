import { logSoftmax } from './log-softmax.ts'
import type { Pipeline } from './pipeline.ts'

/** Known words; only that they are many enough matters. */
export const knownText =
  'The lamp on the hill was lit at dusk, seven boats came home before the rain, and nobody spoke of the eighth until morning, when the sea was calm again and grey.'
const [whole, before] = [24, 20]

/** Likely tokens are compared, those within so many nats of the likeliest, … */
const likely = 6
/** … and may differ by so much: half precision does by some hundredths, a wrong read by whole nats. */
const tolerance = 0.25

/**
 * Compares what a model expects next after reading a text at once and after reading its end on top of the cache: after a cut,
 * and on a forked sequence. Libraries compiled with a racing `_merge_state_inplace` read wrongly there, with plausible words.
 * Gives back the pipeline without what failed; its cache is empty.
 */
export async function testReuse(pipeline: Pipeline): Promise<Pipeline> {
  const { sequences } = pipeline
  const ids = pipeline.encode(knownText).slice(0, whole)
  const finish = async (from: number) => {
    if (from === 0) (await pipeline.read(ids.slice(0, before))).dispose()
    return pipeline.values(await pipeline.read(ids.slice(before)))
  }
  const atOnce = await pipeline.values(await pipeline.read(ids))
  const onTop = await finish(pipeline.truncate(before))
  if (!agree(atOnce, onTop)) return withoutReuse(pipeline)
  if (!sequences) return pipeline.truncate(0) === 0 ? pipeline : withoutReuse(pipeline)
  sequences.fork(0, 1, before)
  sequences.use(1)
  const forked = agree(atOnce, await finish(before))
  sequences.use(0)
  // The parent, whose pages were split by the fork.
  const parent = agree(atOnce, await finish(pipeline.truncate(before)))
  sequences.remove(1)
  pipeline.truncate(0)
  return forked && parent ? pipeline : withOneSequence(pipeline)
}

function withOneSequence({ sequences: _several, ...pipeline }: Pipeline): Pipeline {
  return { ...pipeline, reuse: 'one' }
}

/** Reads every prompt from its beginning, in as few steps as it can: a later step reads on top of the cache as well. */
function withoutReuse({ sequences: _several, ...pipeline }: Pipeline): Pipeline {
  const truncate = () => pipeline.truncate(0)
  truncate()
  return { ...pipeline, reuse: 'none', stepTokens: pipeline.chunkTokens, truncate }
}

/** Whether two reads expect the same, by the log probabilities of the likely tokens of either. */
export function agree(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false
  const shift = logSoftmax(one, 0) - (one[0] ?? 0)
  const otherShift = logSoftmax(other, 0) - (other[0] ?? 0)
  let highest = Number.NEGATIVE_INFINITY
  for (let token = 0; token < one.length; token++) {
    highest = Math.max(highest, (one[token] ?? 0) + shift, (other[token] ?? 0) + otherShift)
  }
  for (let token = 0; token < one.length; token++) {
    const a = (one[token] ?? 0) + shift
    const b = (other[token] ?? 0) + otherShift
    if (Math.max(a, b) > highest - likely && !(Math.abs(a - b) <= tolerance)) return false
  }
  return Number.isFinite(highest)
}
