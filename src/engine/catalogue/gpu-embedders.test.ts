import { describe, expect, it } from 'vitest'
import { gpuEmbedders } from './gpu-embedders.ts'
import type { HubRecord } from './hub-record.ts'
import records from './records.json'

const all: readonly HubRecord[] = records

describe('embedders for the GPU', () => {
  it('[E103] says of each what the package’s record of it says', () => {
    for (const { id, memoryBytes, gpu } of gpuEmbedders) {
      const record = all.find((one) => one.id === id)
      expect(record, id).toBeDefined()
      expect(gpu.build.libraryUrl?.endsWith(`/${record?.library}`)).toBe(true)
      expect(gpu.build.baseUrl?.includes(`/${record?.repository}/`)).toBe(true)
      expect(memoryBytes).toBe(Math.round((record?.vramMiB ?? 0) * 2 ** 20))
    }
  })

  it('[E103] computes weights that fit into the memory named, with room of one size left to work in', () => {
    const rooms = gpuEmbedders.map(({ gpu }) => gpu.build.workingBytes / 2 ** 20)
    // One text more or less of activations: the larger one is twice as wide.
    for (const room of rooms) expect(room).toBeGreaterThan(100)
    expect(Math.max(...rooms) / Math.min(...rooms)).toBeLessThan(1.3)
  })

  it('[E103] offers every embedder of the package, in its build for few texts at once', () => {
    const families = new Set(all.filter(({ window }) => window === undefined).map(({ repository }) => repository))
    expect(gpuEmbedders.map(({ id }) => id.replace(/-b\d+$/, '')).toSorted()).toEqual([...families].toSorted())
  })
})
