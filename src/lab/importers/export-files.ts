import { ImportError } from '#ports/chat-importer.ts'
import { countBytes, type Unpacker } from './count-bytes.ts'
import { readZip } from './read-zip.ts'

/** A file of an export as text that can be read as a stream. */
export type ExportFile = {
  readonly name: string
  /** Bytes to be read, packed. */
  readonly bytes: number
  /** Tells of packed bytes as they are read. */
  readonly open: (onBytes: (bytes: number) => void) => Promise<ReadableStream<string>>
}

/** Files in an archive that hold conversations or memories; the others are pictures, pages and settings. */
const worthReading = /(?:^|\/)(?:conversations(?:[-_]\d+)?|memories|memory|projects)\.json$/i

/** Looks into what the user chose; of archives the files in them that are worth reading. Throws an ImportError that says what is wrong. */
export async function exportFiles(files: readonly File[]): Promise<readonly ExportFile[]> {
  const found: ExportFile[] = []
  for (const file of files) {
    const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
    if (first === 0x50 && second === 0x4b) {
      const inside = (await readZip(file)).filter(({ name }) => worthReading.test(name))
      if (inside.length === 0)
        throw new ImportError(`${file.name} holds no conversations.json. Choose the archive as the other program sent it.`)
      for (const { name, bytes, open } of inside)
        found.push({ name: `${file.name}/${name}`, bytes, open: async (onBytes) => decode(await open(onBytes)) })
    } else {
      const packed = first === 0x1f && second === 0x8b
      const open = (onBytes: (bytes: number) => void) => {
        const bytes = countBytes(file.stream(), onBytes)
        return packed ? bytes.pipeThrough(new DecompressionStream('gzip') as Unpacker) : bytes
      }
      found.push({
        name: packed ? file.name.replace(/\.gz$/i, '') : file.name,
        bytes: file.size,
        open: async (onBytes) => decode(open(onBytes)),
      })
    }
  }
  return found
}

function decode(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<string> {
  return bytes.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
}
