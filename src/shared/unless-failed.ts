/**
 * Runs work against a failure that may come at any time, or never: the work's result, or the failure where that is first.
 * `Promise.race` would do the same and keep every result for as long as the failure has not come.
 */
export function unlessFailed(failure: Promise<never>): <T>(work: Promise<T>) => Promise<T> {
  const waiting = new Set<(error: unknown) => void>()
  let failed: { readonly error: unknown } | undefined
  failure.catch((error: unknown) => {
    failed = { error }
    for (const reject of waiting) reject(error)
    waiting.clear()
  })
  return (work) =>
    new Promise((resolve, reject) => {
      if (failed) reject(failed.error)
      else waiting.add(reject)
      work.then(resolve, reject).finally(() => waiting.delete(reject))
    })
}
