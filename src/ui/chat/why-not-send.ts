import type { LonghandState } from '#runtime/state.ts'

/** Why nothing can be sent now, in words; undefined when it can. */
export function whyNotSend(state: LonghandState): string | undefined {
  if (state.outdated) return 'This tab is older than the data: reload it to write'
  if (state.boot.type !== 'ready') return 'Longhand is starting'
  switch (state.engine.type) {
    case 'none':
      return 'Load a model first'
    case 'loading':
      return 'The model is loading'
    case 'waiting':
      return 'The model stopped and is loaded again soon'
    case 'error':
      return 'The model stopped: load it again'
    default:
      return undefined
  }
}
