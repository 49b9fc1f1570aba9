import { StorageError } from '#ports/storage.ts'

const chunkBytes = 1024 * 1024

/** The digest of a stream: SHA-256 over the SHA-256s of its pieces of 1 MiB, since the platform cannot hash a stream. */
export type Digest = { readonly add: (bytes: Uint8Array) => void; readonly hex: () => Promise<string> }

export function createDigest(): Digest {
  const subtle = globalThis.crypto?.subtle
  if (!subtle) throw new StorageError('unavailable', 'Backup needs a secure page: open Longhand by https or on localhost.')
  const hashes: Promise<ArrayBuffer>[] = []
  let chunk = new Uint8Array(chunkBytes)
  let filled = 0

  function flush(): void {
    hashes.push(subtle.digest('SHA-256', chunk.subarray(0, filled)))
    chunk = new Uint8Array(chunkBytes)
    filled = 0
  }

  return {
    add(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const part = bytes.subarray(from, from + chunkBytes - filled)
        chunk.set(part, filled)
        filled += part.length
        from += part.length
        if (filled === chunkBytes) flush()
      }
    },
    async hex() {
      if (filled > 0) flush()
      const joined = new Uint8Array(hashes.length * 32)
      for (const [index, hash] of (await Promise.all(hashes)).entries()) joined.set(new Uint8Array(hash), index * 32)
      const digest = new Uint8Array(await subtle.digest('SHA-256', joined))
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
    },
  }
}
