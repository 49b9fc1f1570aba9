import { describe, expect, it } from 'vitest'
import { type StorageSetup, withStorage } from './storage.contract.ts'
import { sampleJob } from './storage.samples.ts'

/** What every JobRepository does (rule S15 of src/storage/SPEC.md). */
export function describeJobRepositoryContract(name: string, setup: () => Promise<StorageSetup>): void {
  describe(`JobRepository: ${name}`, () => {
    it(
      '[S15] keeps jobs in order, each hash once, and counts attempts',
      withStorage(setup, async ({ jobs }, { reopen }) => {
        const [late, early] = [sampleJob('job:1', 'late', 9), sampleJob('job:2', 'early', 3)]
        await jobs.enqueue(late)
        await jobs.enqueue(early)
        await jobs.enqueue(sampleJob('job:3', 'late', 1))
        await jobs.recordAttempt('job:1')
        await jobs.recordAttempt('job:none')
        const again = (await reopen()).jobs
        expect(await again.list()).toEqual([early, { ...late, attempts: 1 }])
        await again.remove('job:1')
        await again.enqueue(sampleJob('job:4', 'late', 1))
        expect((await again.list()).map(({ id }) => id)).toEqual(['job:4', 'job:2'])
      }),
    )
  })
}
