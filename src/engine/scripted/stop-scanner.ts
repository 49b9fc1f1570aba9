import { begunAtEnd } from '#shared/begun-at-end.ts'

export type Scanned = { readonly text: string; readonly stopped: boolean }

/**
 * Cuts a stream before the first stop text. What could be the beginning of one is held back until it is decided;
 * `flush` gives the rest when the stream ends.
 */
export function createStopScanner(stops: readonly string[]): { push(text: string): Scanned; flush(): string } {
  const wanted = stops.filter((stop) => stop !== '')
  let held = ''
  return {
    push(text) {
      held += text
      const found = wanted.map((stop) => held.indexOf(stop)).filter((at) => at >= 0)
      if (found.length > 0) {
        const before = held.slice(0, Math.min(...found))
        held = ''
        return { text: before, stopped: true }
      }
      const keep = Math.max(0, ...wanted.map((stop) => begunAtEnd(held, stop)))
      const ready = held.slice(0, held.length - keep)
      held = held.slice(held.length - keep)
      return { text: ready, stopped: false }
    },
    flush() {
      const rest = held
      held = ''
      return rest
    },
  }
}
