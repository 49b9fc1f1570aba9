import { type Gguf, GgufError, readGguf } from '#engine/gguf/read-gguf.ts'
import { EngineError } from '#ports/engine.ts'

/** Where headers end at the latest: the largest vocabularies with their merges take some tens of megabytes. */
const mostBytes = 256 << 20

export type Header = { readonly gguf: Gguf; readonly bytes: Uint8Array<ArrayBuffer> }

/** The header of a GGUF file, without reading its weights. Throws EngineError `unfit-file` with what is wrong with it. */
export async function readHeader(file: Blob, name: string): Promise<Header> {
  for (let length = 4 << 20; ; length *= 2) {
    const bytes = new Uint8Array(await file.slice(0, length).arrayBuffer())
    try {
      const gguf = readGguf(bytes)
      return { gguf, bytes: bytes.slice(0, gguf.dataStart) }
    } catch (error) {
      if (!(error instanceof GgufError)) throw error
      if (error.type !== 'truncated') throw new EngineError('unfit-file', `${name}: ${error.message}`)
      if (length >= file.size)
        throw new EngineError('unfit-file', `${name} ends within its header: it was cut off, perhaps by a broken download.`)
      if (length >= mostBytes) throw new EngineError('unfit-file', `${name}: its header is longer than any that is known.`)
    }
  }
}
