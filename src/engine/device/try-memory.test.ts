import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inBuffers, type TrialDevice, tryMemory } from './try-memory.ts'

/** A GPU with so much memory, which says no the way a real one does: by an error in the scope. */
function gpu(memoryBytes: number) {
  let used = 0
  let most = 0
  const scopes: { readonly filter: string; error: { message: string } | null }[] = []
  const device = {
    pushErrorScope: (filter: string) => void scopes.push({ filter, error: null }),
    popErrorScope: async () => scopes.pop()?.error ?? null,
    createBuffer({ size }: { size: number }) {
      const fits = used + size <= memoryBytes
      const scope = scopes.findLast(({ filter }) => filter === 'out-of-memory')
      if (!fits && scope) scope.error = { message: 'no memory' }
      if (fits) used += size
      most = Math.max(most, used)
      return {
        destroy: () => {
          used -= fits ? size : 0
        },
      }
    },
    createCommandEncoder: () => ({ clearBuffer: () => {}, finish: () => ({}) }),
    queue: { submit: () => {}, onSubmittedWorkDone: async () => {} },
  }
  return { device: device as unknown as TrialDevice, used: () => used, most: () => most }
}

describe('a trial of memory', () => {
  it('[E16] says fits exactly where it fits, and always gives everything back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 4, max: 1000 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 8000 }),
        async (sizes, memory) => {
          const { device, used, most } = gpu(memory)
          const wanted = sizes.reduce((sum, size) => sum + size, 0)
          const trial = await tryMemory(device, sizes)
          expect(trial.type).toBe(wanted <= memory ? 'fits' : 'short')
          expect(trial.bytes).toBeLessThanOrEqual(memory)
          if (trial.type === 'fits') expect(most()).toBe(wanted)
          expect(used()).toBe(0)
        },
      ),
    )
  })

  it('[E16] is short, in words, where a device dies meanwhile', async () => {
    const { device } = gpu(100)
    const dying = { ...device, queue: { submit: () => {}, onSubmittedWorkDone: () => Promise.reject(new Error('device lost')) } }
    expect(await tryMemory(dying as unknown as TrialDevice, [8])).toMatchObject({ type: 'short', reason: 'device lost' })
  })

  it('asks for buffers that are no larger than allowed and add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e10 }), fc.constantFrom(1 << 27, 1 << 28, 1 << 30), (bytes, largest) => {
        const sizes = inBuffers(bytes, largest)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(largest)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(Math.ceil(bytes / 4) * 4)
        for (const size of sizes) expect(size % 4).toBe(0)
      }),
    )
  })
})
