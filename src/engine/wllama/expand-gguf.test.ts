import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandQ4_1, expandQ8_0 } from '#engine/gguf/expand-blocks.ts'
import { readGguf } from '#engine/gguf/read-gguf.ts'
import { writeGguf } from '#engine/gguf/testing/write-gguf.ts'
import { expandGguf } from './expand-gguf.ts'
import { chainModel } from './testing/chain-model.ts'

const { gguf: original } = chainModel([' wa', ' wb'], { '\n': ' wa', ' wa': ' wb' })
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

describe('expanded GGUF', () => {
  it('has the same metadata and values, its Q4_1 tensors as float32', async () => {
    const expanded = await bytesOf(await expandGguf(new Blob([original])))
    const before = readGguf(original)
    const after = readGguf(expanded)
    expect([...after.metadata]).toEqual([...before.metadata])
    expect(after.tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(
      before.tensors.map(({ name, shape }) => ({ name, shape })),
    )
    expect(before.tensors.filter(({ type }) => type.name === 'Q4_1')).toHaveLength(1)
    for (const [index, tensor] of before.tensors.entries()) {
      const data = original.slice(tensor.offset, tensor.offset + tensor.sizeBytes)
      const wanted = tensor.type.name === 'Q4_1' ? new Uint8Array(expandQ4_1(data).buffer) : data
      const { offset = 0, sizeBytes = 0, type } = after.tensors[index] ?? {}
      expect(type?.name).toBe('F32')
      expect(Buffer.compare(expanded.slice(offset, offset + sizeBytes), wanted)).toBe(0)
    }
    expect(expanded.length).toBeGreaterThanOrEqual(Math.max(...after.tensors.map(({ offset, sizeBytes }) => offset + sizeBytes)))
  })

  it('expands the tensors that are chosen, of 8 bits too, and leaves the others', async () => {
    const bytes = (seed: number) => Uint8Array.from({ length: 68 }, (_, index) => (index * 29 + seed) % 60)
    const tensor = (name: string, seed: number) => ({ name, shape: [32, 2], typeNumber: 8, bytes: bytes(seed) })
    const file = writeGguf({ 'general.architecture': 'bert' }, [tensor('token_embd.weight', 1), tensor('blk.0.ffn_up.weight', 2)])
    const expanded = await bytesOf(
      await expandGguf(
        new Blob([file.slice()]),
        () => {},
        ({ name }) => name.startsWith('blk.'),
      ),
    )
    const [table, matrix] = readGguf(expanded).tensors
    const dataOf = (one = table) => expanded.slice(one?.offset ?? 0, (one?.offset ?? 0) + (one?.sizeBytes ?? 0))
    expect([table?.type.name, matrix?.type.name]).toEqual(['Q8_0', 'F32'])
    expect(Buffer.compare(dataOf(table), bytes(1))).toBe(0)
    expect(Buffer.compare(dataOf(matrix), new Uint8Array(expandQ8_0(bytes(2)).buffer))).toBe(0)
  })

  it('reads the same in any slices, as a buffer and as a stream', async () => {
    const blob = await expandGguf(new Blob([original]))
    const whole = await bytesOf(blob)
    const place = fc.integer({ min: -10, max: whole.length + 10 })
    await fc.assert(
      fc.asyncProperty(place, place, async (start, end) => {
        const wanted = new Blob([whole]).slice(start, end)
        const slice = blob.slice(start, end)
        expect(slice.size).toBe(wanted.size)
        expect(Buffer.compare(await bytesOf(slice), await bytesOf(wanted))).toBe(0)
      }),
      { numRuns: 30 },
    )
    expect(Buffer.compare(new Uint8Array(await new Response(blob.stream()).arrayBuffer()), whole)).toBe(0)
  })

  it('tells how far the reading is', async () => {
    const seen: number[] = []
    await bytesOf(await expandGguf(new Blob([original]), (fraction) => seen.push(fraction)))
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen[0]).toBe(0)
    expect(seen.at(-1)).toBeLessThanOrEqual(1)
  })

  it('refuses what is no GGUF, and a header that is cut', async () => {
    await expect(expandGguf(new Blob(['nothing of the kind']))).rejects.toMatchObject({ type: 'not-gguf' })
    await expect(expandGguf(new Blob([original.slice(0, 500)]))).rejects.toMatchObject({ type: 'truncated' })
  })
})
