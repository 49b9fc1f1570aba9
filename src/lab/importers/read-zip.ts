import { ImportError } from '#ports/chat-importer.ts'
import { countBytes, type Unpacker } from './count-bytes.ts'

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>

/** A file in a zip archive: `bytes` are packed, and opening it tells of packed bytes as they are read. */
export type ZipEntry = {
  readonly name: string
  readonly bytes: number
  readonly open: (onBytes: (bytes: number) => void) => Promise<Bytes>
}

const endRecord = 0x06054b50
const endRecordBytes = 22
const directoryRecord = 0x02014b50
const longestComment = 65_535
const zip64 = 0xffff_ffff

/**
 * The files of a zip archive (PKWARE, APPNOTE 6.3), read from its directory; nothing is unpacked before it is opened. No
 * encryption, no zip64 (archives over 4 GiB), stored and deflated entries. Throws an ImportError that says what is wrong.
 */
export async function readZip(file: Blob): Promise<readonly ZipEntry[]> {
  const tail = await view(file.slice(Math.max(0, file.size - endRecordBytes - longestComment)))
  let end = tail.byteLength - endRecordBytes
  while (end >= 0 && tail.getUint32(end, true) !== endRecord) end--
  if (end < 0) throw new ImportError('The archive is cut off: its directory is missing.')
  const from = tail.getUint32(end + 16, true)
  if (from === zip64) throw new ImportError('The archive is larger than 4 GB. Unpack it and choose conversations.json.')
  const directory = await view(file.slice(from, from + tail.getUint32(end + 12, true)))
  const entries: ZipEntry[] = []
  for (let at = 0; at + 46 <= directory.byteLength && directory.getUint32(at, true) === directoryRecord; ) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => directory.getUint16(at + offset, true))
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameBytes))
    const method = directory.getUint16(at + 10, true)
    const packed = directory.getUint32(at + 20, true)
    const header = directory.getUint32(at + 42, true)
    const encrypted = (directory.getUint16(at + 8, true) & 1) === 1
    entries.push({ name, bytes: packed, open: (onBytes) => unpack(file, { name, method, packed, header, encrypted }, onBytes) })
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0)
  }
  return entries
}

type Found = {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly header: number
  readonly encrypted: boolean
}

async function unpack(
  file: Blob,
  { name, method, packed, header, encrypted }: Found,
  onBytes: (bytes: number) => void,
): Promise<Bytes> {
  if (encrypted) throw new ImportError(`${name} is encrypted. Unpack the archive and choose the file.`)
  const local = await view(file.slice(header, header + 30))
  if (local.byteLength < 30) throw new ImportError(`The archive is cut off: ${name} is missing.`)
  const start = header + 30 + local.getUint16(26, true) + local.getUint16(28, true)
  const bytes = countBytes(file.slice(start, start + packed).stream(), onBytes)
  if (method === 0) return bytes
  if (method === 8) return bytes.pipeThrough(new DecompressionStream('deflate-raw') as Unpacker)
  throw new ImportError(
    `${name} is packed in a way that cannot be read (method ${method}). Unpack the archive and choose the file.`,
  )
}

async function view(blob: Blob): Promise<DataView> {
  return new DataView(await blob.arrayBuffer())
}
