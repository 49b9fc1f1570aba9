import { describe, expect, it } from 'vitest'
import { unlessFailed } from './unless-failed.ts'

function breakable() {
  let fail: (error: Error) => void = () => {}
  const failure = new Promise<never>((_, reject) => {
    fail = reject
  })
  return { unless: unlessFailed(failure), fail }
}

describe('work that a failure may end', () => {
  it('ends as the work does while there is no failure', async () => {
    const { unless } = breakable()
    expect(await unless(Promise.resolve(7))).toBe(7)
    await expect(unless(Promise.reject(new Error('of its own')))).rejects.toThrow('of its own')
  })

  it('ends with the failure, for all that waits and all that comes after', async () => {
    const { unless, fail } = breakable()
    const waiting = [unless(new Promise(() => {})), unless(new Promise(() => {}))]
    fail(new Error('gone'))
    for (const work of waiting) await expect(work).rejects.toThrow('gone')
    await expect(unless(Promise.resolve(7))).rejects.toThrow('gone')
  })

  it('[E37] keeps nothing of work that has ended', async () => {
    const { unless } = breakable()
    // Only a collector knows what is kept: Node has one where it is asked for.
    const { setFlagsFromString } = await import('node:v8')
    const { runInNewContext } = await import('node:vm')
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const results: WeakRef<object>[] = []
    const runOne = async () => {
      const result = { of: 'work' }
      results.push(new WeakRef(result))
      await unless(Promise.resolve(result))
    }
    for (let index = 0; index < 20; index++) await runOne()
    await new Promise((resolve) => setTimeout(resolve, 0))
    collect()
    expect(results.filter((result) => result.deref() !== undefined).length).toBeLessThanOrEqual(1)
  })
})
