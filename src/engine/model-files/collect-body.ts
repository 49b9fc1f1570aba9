/** Bytes that arrived so far: the first `length` of a buffer that grows. */
export type Received = { bytes: Uint8Array<ArrayBuffer>; length: number }

/** Reads a body to its end into `received`, so that what arrived is not lost where it breaks off. */
export async function collectBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  received: Received,
  onPiece: () => void,
): Promise<void> {
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return
    const needed = received.length + value.length
    if (needed > received.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, received.bytes.length * 2))
      larger.set(received.bytes.subarray(0, received.length))
      received.bytes = larger
    }
    received.bytes.set(value, received.length)
    received.length = needed
    onPiece()
  }
}
