const encoder = new TextEncoder()
// Without ignoreBOM a text that begins with a byte order mark would lose it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const loneSurrogate = /\p{Surrogate}/u

/** Texts as bytes one after the other. Text `n` lies from `starts[n]` on, and is JSON where `escaped[n]` is 1. */
export type TextBytes = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly starts: Uint32Array<ArrayBuffer>
  readonly escaped: Uint8Array<ArrayBuffer>
}

/** Writes texts as UTF-8. What UTF-8 has no bytes for, halves of surrogate pairs, is escaped as in JSON. */
export function encodeTexts(texts: readonly string[]): TextBytes {
  const escaped = new Uint8Array(texts.length)
  const pieces = texts.map((text, index) => {
    const broken = loneSurrogate.test(text)
    escaped[index] = broken ? 1 : 0
    return encoder.encode(broken ? JSON.stringify(text) : text)
  })
  const starts = new Uint32Array(texts.length + 1)
  for (const [index, piece] of pieces.entries()) starts[index + 1] = (starts[index] ?? 0) + piece.length
  const bytes = new Uint8Array(starts[texts.length] ?? 0)
  for (const [index, piece] of pieces.entries()) bytes.set(piece, starts[index] ?? 0)
  return { bytes, starts, escaped }
}

/** Text `index`, made anew each time. */
export function decodeText({ bytes, starts, escaped }: TextBytes, index: number): string {
  const text = decoder.decode(bytes.subarray(starts[index] ?? 0, starts[index + 1] ?? 0))
  return escaped[index] === 1 ? JSON.parse(text) : text
}
