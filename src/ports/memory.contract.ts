import { describe, expect, it } from 'vitest'
import { type StorageSetup, until, withStorage } from './storage.contract.ts'
import { sampleOp } from './storage.samples.ts'

/** What every MemoryRepository does (rule S14 of src/storage/SPEC.md). */
export function describeMemoryRepositoryContract(name: string, setup: () => Promise<StorageSetup>): void {
  describe(`MemoryRepository: ${name}`, () => {
    it(
      '[S14] appends in order of time, and each op once',
      withStorage(setup, async ({ memory }, { reopen }) => {
        await memory.append([sampleOp('op:b', 2), sampleOp('op:a', 2), sampleOp('op:c', 1)])
        await memory.append([sampleOp('op:a', 99), sampleOp('op:d', 0), sampleOp('op:d', 98)])
        await memory.append([])
        expect((await (await reopen()).memory.all()).map(({ id, at }) => [id, at])).toEqual([
          ['op:d', 0],
          ['op:c', 1],
          ['op:a', 2],
          ['op:b', 2],
        ])
      }),
    )

    it(
      '[S13] tells observers',
      withStorage(setup, async ({ memory }) => {
        let calls = 0
        const stop = memory.observe(() => calls++)
        await memory.append([sampleOp('op:a', 1)])
        await until(() => calls === 1)
        stop()
        await memory.append([sampleOp('op:b', 1)])
        await memory.all()
        expect(calls).toBe(1)
      }),
    )
  })
}
