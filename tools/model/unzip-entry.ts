import { inflateRawSync } from 'node:zlib'

/**
 * The bytes of the first file in a zip archive whose name ends as asked. Only what wheels use: no encryption, no zip64,
 * stored or deflated entries.
 */
export function unzipEntry(zip: Buffer, nameEnd: string): Buffer {
  const END_RECORD = 0x06054b50
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END_RECORD) end--
  if (end < 0) throw new Error('This is not a zip archive.')
  const entries = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < entries; i++) {
    const method = zip.readUInt16LE(at + 10)
    const packedBytes = zip.readUInt32LE(at + 20)
    const nameBytes = zip.readUInt16LE(at + 28)
    const local = zip.readUInt32LE(at + 42)
    if (zip.toString('utf8', at + 46, at + 46 + nameBytes).endsWith(nameEnd)) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(start, start + packedBytes)
      if (method === 0) return packed
      if (method === 8) return inflateRawSync(packed)
      throw new Error(`The archive packs ${nameEnd} by method ${method}, which is not supported.`)
    }
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  throw new Error(`The archive has no ${nameEnd}.`)
}
