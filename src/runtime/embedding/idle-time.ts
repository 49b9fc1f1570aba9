/** When nothing else wants the processor. */
export interface IdleTime {
  /** Resolves when it is quiet, with a signal that aborts when it no longer is. */
  wait(): Promise<AbortSignal>
  /** The user writes: it is not quiet for a while. */
  disturb(): void
}

/** Milliseconds after the user's last key. */
const quietMs = 1500
/** Between two looks at what is busy. */
const lookMs = 250

/** @param busy whether a reply or another job is under way */
export function createIdleTime(busy: () => boolean): IdleTime {
  let controller = new AbortController()
  let disturbedAt = Number.NEGATIVE_INFINITY
  const isQuiet = () => !busy() && performance.now() - disturbedAt >= quietMs
  return {
    async wait() {
      while (!isQuiet()) await new Promise((resolve) => setTimeout(resolve, lookMs))
      controller = new AbortController()
      return controller.signal
    },
    disturb() {
      disturbedAt = performance.now()
      controller.abort()
    },
  }
}
