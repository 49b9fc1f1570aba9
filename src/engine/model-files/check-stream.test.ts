import { describe, expect, it } from 'vitest'
import { checkStream, sha256 } from './check-digest.ts'

const bytes = Uint8Array.from({ length: 200_000 }, (_, at) => (at * 31) % 251)
const inPieces = (data: Uint8Array) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < data.length; at += 70_000) controller.enqueue(data.slice(at, at + 70_000))
      controller.close()
    },
  })
const check = async (data: Uint8Array, onBytes: (done: number) => void = () => {}) =>
  checkStream(
    { url: '/x/own.gguf', sizeBytes: bytes.length, sha256: await sha256(bytes), role: 'weights' },
    inPieces(data),
    onBytes,
  )

describe('[E73] a large file is checked piece by piece', () => {
  it('passes what is whole and tells how far it is', async () => {
    const seen: number[] = []
    await check(bytes, (done) => seen.push(done))
    expect(seen).toEqual([70_000, 140_000, 200_000])
  })

  it('finds a wrong byte in the last piece, and a missing one, by the name of the file', async () => {
    const wrong = bytes.map((byte, at) => (at === 199_999 ? byte ^ 1 : byte))
    await expect(check(wrong)).rejects.toMatchObject({
      type: 'wrong-digest',
      message: expect.stringMatching(/own\.gguf is damaged/),
    })
    await expect(check(bytes.slice(0, -1))).rejects.toThrow('own.gguf has 199999 bytes instead of 200000.')
  })
})
