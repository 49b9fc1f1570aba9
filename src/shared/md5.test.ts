import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMd5 } from './md5.ts'

const text = new TextEncoder()
const md5 = (...pieces: readonly Uint8Array[]) => {
  const hash = createMd5()
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

it.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['12345678901234567890123456789012345678901234567890123456789012345678901234567890', '57edf4a22be3c955ac49da2e2107b67a'],
])('MD5 of %j is that of RFC 1321', (input, digest) => {
  expect(md5(text.encode(input))).toBe(digest)
})

it('MD5 agrees with another implementation, however the bytes come in pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
      expect(md5(...pieces)).toBe(createHash('md5').update(Buffer.concat(pieces)).digest('hex'))
    }),
  )
})
