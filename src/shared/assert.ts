/** A broken assertion is a bug in Longhand, never bad input: bad input gets a typed error at the edge. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Longhand bug: ${message}`)
}
