/** Lets one task in at a time, in order of arrival. */
export type Gate = {
  /** Waits for its turn and returns what ends it; `undefined` when the signal aborted before the turn came. */
  enter(signal?: AbortSignal): Promise<(() => void) | undefined>
}

/** An engine runs one generation at a time: the second waits, and can be cancelled while it waits. */
export function oneAtATime(): Gate {
  let last: Promise<void> = Promise.resolve()
  return {
    async enter(signal) {
      if (signal?.aborted) return undefined
      let leave: () => void = () => {}
      const mine = new Promise<void>((resolve) => {
        leave = resolve
      })
      const before = last
      last = before.then(() => mine)
      let giveUp: () => void = () => {}
      const aborted = new Promise<'aborted'>((resolve) => {
        giveUp = () => resolve('aborted')
      })
      signal?.addEventListener('abort', giveUp)
      const first = await Promise.race([before, aborted])
      signal?.removeEventListener('abort', giveUp)
      if (first !== 'aborted') return leave
      leave()
      return undefined
    },
  }
}
