const spanMs = 5000

type Bytes = { readonly doneBytes: number; readonly totalBytes: number }
export type Pace = { readonly bytesPerSecond?: number; readonly secondsLeft?: number }

/** Measures a download over its last five seconds; says nothing before it has seen one. */
export function pace(): (bytes: Bytes, atMs: number) => Pace {
  let samples: { at: number; done: number }[] = []
  return ({ doneBytes, totalBytes }, at) => {
    // A smaller figure than before: a new round of files has begun.
    if ((samples.at(-1)?.done ?? 0) > doneBytes) samples = []
    samples.push({ at, done: doneBytes })
    while (samples.length > 2 && at - (samples[1]?.at ?? at) >= spanMs) samples.shift()
    const first = samples[0]
    if (!first || at - first.at < 1000) return {}
    const bytesPerSecond = ((doneBytes - first.done) / (at - first.at)) * 1000
    return bytesPerSecond > 0 ? { bytesPerSecond, secondsLeft: (totalBytes - doneBytes) / bytesPerSecond } : { bytesPerSecond }
  }
}
