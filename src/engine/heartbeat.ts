/** What a look at a worker's signs of life asks for. */
export type Beat = 'ask' | 'silent' | 'dead'

/** Milliseconds. `askEvery`: between two looks; `silentAfter`, `deadAfter`: without a sign of life while one is owed. */
export type Patience = { readonly askEvery: number; readonly silentAfter: number; readonly deadAfter: number }
export const patience: Patience = { askEvery: 2_000, silentAfter: 8_000, deadAfter: 60_000 }

export type Heartbeat = {
  /** The worker said something. True where it had been silent for long. */
  heard(): boolean
  /** To be called at every look while the worker owes an answer, with the time in milliseconds. */
  look(now: number): Beat
  /** The worker owes nothing any more: the next look begins anew. */
  rest(): void
}

/**
 * How long a worker that owes an answer has been silent. A page that stood still itself (hidden, frozen, asleep) cannot
 * blame the worker for it: between two looks at most one and a half times the usual time is counted.
 */
export function createHeartbeat({ askEvery, silentAfter, deadAfter } = patience): Heartbeat {
  let silence = 0
  let lookedAt: number | undefined
  return {
    heard() {
      const wasSilent = silence >= silentAfter
      silence = 0
      return wasSilent
    },
    look(now) {
      if (lookedAt !== undefined) silence += Math.min(Math.max(0, now - lookedAt), askEvery * 1.5)
      lookedAt = now
      if (silence >= deadAfter) return 'dead'
      return silence >= silentAfter ? 'silent' : 'ask'
    },
    rest() {
      silence = 0
      lookedAt = undefined
    },
  }
}
