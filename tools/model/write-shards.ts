import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Weight } from './convert-weights.ts'

/** A shard is closed before it would pass this size, so that a page never holds more than that of one file. */
const SHARD_BYTES = 32 * 1024 * 1024

/**
 * Writes weights as `params_shard_N.bin` with `tensor-cache.json`, the layout that TVM's web runtime loads: raw
 * little-endian tensors, one after the other.
 */
export async function writeShards(weights: Iterable<Weight>, folder: string): Promise<void> {
  const shards: object[] = []
  let open: { parts: Uint8Array[]; records: object[]; size: number } = { parts: [], records: [], size: 0 }
  let tensors = 0
  let totalBytes = 0

  async function close(): Promise<void> {
    if (open.size === 0) return
    const bytes = Buffer.concat(open.parts)
    const dataPath = `params_shard_${shards.length}.bin`
    await writeFile(join(folder, dataPath), bytes)
    const md5sum = createHash('md5').update(bytes).digest('hex')
    shards.push({ dataPath, format: 'raw-shard', nbytes: bytes.length, records: open.records, md5sum })
    open = { parts: [], records: [], size: 0 }
  }

  for (const { name, shape, dtype, bytes } of weights) {
    if (open.size + bytes.length >= SHARD_BYTES) await close()
    open.records.push({ name, shape, dtype, format: 'raw', nbytes: bytes.length, byteOffset: open.size })
    open.parts.push(bytes)
    open.size += bytes.length
    tensors++
    totalBytes += bytes.length
  }
  await close()
  const cache = { metadata: { ParamSize: tensors, ParamBytes: totalBytes }, records: shards }
  await writeFile(join(folder, 'tensor-cache.json'), JSON.stringify(cache))
}
