import { describe, expect, it } from 'vitest'
import { streamLater } from './stream-later.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('a stream that opens later', () => {
  it('flows when it is read, and not before', async () => {
    let opened = 0
    const stream = streamLater(async () => {
      opened++
      return new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytes(1, 2))
          controller.enqueue(bytes(3))
          controller.close()
        },
      })
    })
    expect(opened).toBe(0)
    expect(new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())).toEqual(
      bytes(1, 2, 3),
    )
    expect(opened).toBe(1)
  })

  it('ends with the error of opening or of its source', async () => {
    const cannot = streamLater(() => Promise.reject(new Error('cannot open')))
    await expect(cannot.getReader().read()).rejects.toThrow('cannot open')
    const breaks = streamLater(
      async () =>
        new ReadableStream<Uint8Array>({
          pull() {
            throw new Error('broke')
          },
        }),
    )
    await expect(breaks.getReader().read()).rejects.toThrow('broke')
  })

  it('cancels its source', async () => {
    let reason: unknown
    const stream = streamLater(
      async () =>
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.enqueue(bytes(1)),
          cancel(given) {
            reason = given
          },
        }),
    )
    const reader = stream.getReader()
    await reader.read()
    await reader.cancel('enough')
    expect(reason).toBe('enough')
  })
})
