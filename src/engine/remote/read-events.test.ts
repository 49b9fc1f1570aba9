import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents } from './read-events.ts'

const never = new AbortController().signal

/** A response whose body arrives in these pieces of bytes. */
const inPieces = (bytes: Uint8Array, cuts: readonly number[]) => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return new Response(
    new ReadableStream({
      start(controller) {
        places.forEach((place, at) => {
          const next = places[at + 1]
          if (next !== undefined && next > place) controller.enqueue(bytes.slice(place, next))
        })
        controller.close()
      },
    }),
  )
}
const all = async (response: Response) => {
  const events = []
  for await (const event of readEvents(response, never)) events.push(event)
  return events
}

describe('readEvents', () => {
  it('reads the same events however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ content: fc.string({ unit: 'grapheme' }) }), { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { maxLength: 12 }),
        async (events, line, cuts) => {
          const text = `: a comment${line}${events.map((event) => `data: ${JSON.stringify(event)}${line}${line}`).join('')}data: [DONE]${line}${line}`
          expect(await all(inPieces(new TextEncoder().encode(text), cuts))).toEqual(events)
        },
      ),
    )
  })

  it('says that it was cut where no end was told', async () => {
    const bytes = new TextEncoder().encode('data: {"a":1}\n\ndata: {"b')
    await expect(all(inPieces(bytes, []))).rejects.toMatchObject({ type: 'stream-cut' })
  })

  it('tells failures in the middle, by either field', async () => {
    for (const text of ['data: {"error":{"message":"gone"}}\n\n', 'error: {"message":"gone"}\n\n'])
      await expect(all(inPieces(new TextEncoder().encode(text), []))).rejects.toMatchObject({
        type: 'server-failed',
        message: expect.stringContaining('gone'),
      })
  })
})
