/** A broken assertion is a bug in Longhand, never bad input: bad input gets a typed error at the edge. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Longhand bug: ${message}`)
}

/** Ends a switch over a closed union; the compiler rejects a missing case. */
export function assertNever(value: never): never {
  throw new Error(`Longhand bug: unexpected case ${JSON.stringify(value)}`)
}
