import fc from 'fast-check'
import { expect, it } from 'vitest'
import { backupBytes } from '#ports/backup.contract.ts'
import type { Storage } from '#ports/storage.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { anySteps, everything, runSteps } from '#storage/testing/arbitrary-steps.ts'
import { caseCount } from '#storage/testing/cases.ts'
import { fakeSetup } from '#storage/testing/fake-database.ts'

async function restore({ backup }: Storage, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await backup.stage(new Blob([bytes]), () => {}, new AbortController().signal)
  await backup.restoreStaged()
}

/** Deleted conversations, and jobs of none, are not in a backup: without them, the two databases can be compared. */
async function removeWhatIsLeftOut({ chat, jobs }: Storage): Promise<void> {
  for (const { id } of await chat.listDeleted(Number.MAX_SAFE_INTEGER)) await chat.purgeConversation(id)
  for (const { id, conversationId } of await jobs.list()) if (!(await chat.getConversation(conversationId))) await jobs.remove(id)
}

it('[S23] write, restore into an empty database, write: the same bytes, for any database', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const [source, empty] = [await fakeSetup(), await fakeSetup()]
      try {
        await runSteps(source.storage, steps)
        await removeWhatIsLeftOut(source.storage)
        const bytes = await backupBytes(source.storage)
        await restore(empty.storage, bytes)
        expect(await backupBytes(empty.storage)).toEqual(bytes)
        expect(await everything(empty.storage)).toEqual(await everything(source.storage))
        const memory = createInMemoryStorage(() => 7)
        await restore(memory, bytes)
        expect(await backupBytes(memory)).toEqual(bytes)
      } finally {
        await source.tearDown()
        await empty.tearDown()
      }
    }),
    { numRuns: caseCount(25) },
  )
}, 3_600_000)
