/** Bytes per second over the last three seconds; undefined until one second was seen. */
export function createLoadRate() {
  const seen: { at: number; bytes: number }[] = []
  return (at: number, bytes: number): number | undefined => {
    seen.push({ at, bytes })
    while (seen.length > 2 && at - (seen[0]?.at ?? at) > 3000) seen.shift()
    const first = seen[0]
    if (!first || at - first.at < 1000) return undefined
    return ((bytes - first.bytes) / (at - first.at)) * 1000
  }
}
