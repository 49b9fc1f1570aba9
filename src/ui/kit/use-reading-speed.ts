import { forecastMs, type ReadingSpeed, readingSpeed } from '#context/forecast.ts'
import type { Manifest } from '#context/manifest.ts'
import type { LonghandState } from '#runtime/state.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { formatSeconds } from './format.ts'

/** Speeds are told from the same receipts on every look: the state is never changed in place. */
const known = new WeakMap<LonghandState['manifests'], Map<string, ReadingSpeed | undefined>>()

/** How fast this device reads with a model, from the receipts that were read; undefined where none tells. */
function speedOf({ manifests }: LonghandState, model: Manifest['model']): ReadingSpeed | undefined {
  const speeds = known.get(manifests) ?? new Map<string, ReadingSpeed | undefined>()
  known.set(manifests, speeds)
  const name = `${model.id} ${model.engine}`
  if (!speeds.has(name)) {
    const receipts = Object.values(manifests).filter((manifest) => manifest !== 'missing')
    speeds.set(name, readingSpeed(receipts, model))
  }
  return speeds.get(name)
}

export function useReadingSpeed(model: Manifest['model'] | undefined): ReadingSpeed | undefined {
  return useLonghand((state) => (model ? speedOf(state, model) : undefined))
}

/** An estimate is not told finer than this. */
const leastMs = 10

/** "about 0.4 s"; "time not measured yet" where no receipt tells the speed. */
export function timeWords(speed: ReadingSpeed | undefined, tokens: number): string {
  return speed ? `about ${formatSeconds(Math.max(leastMs, forecastMs(speed, tokens)))}` : 'time not measured yet'
}
