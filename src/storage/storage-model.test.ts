import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createInMemoryStorage } from './in-memory/create-in-memory-storage.ts'
import { anySteps, everything, runSteps } from './testing/arbitrary-steps.ts'
import { caseCount } from './testing/cases.ts'
import { fakeSetup } from './testing/fake-database.ts'

it('[S2] [S3] [S4] [S9] [S10] [S12] any calls end as they do in memory, and leave the same', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const memory = createInMemoryStorage(() => 7)
      const { storage, reopen, tearDown } = await fakeSetup()
      try {
        expect(await runSteps(storage, steps)).toEqual(await runSteps(memory, steps))
        expect(await everything(await reopen())).toEqual(await everything(memory))
      } finally {
        await tearDown()
      }
    }),
    { numRuns: caseCount(40) },
  )
}, 3_600_000)
