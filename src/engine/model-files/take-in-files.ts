import { EngineError } from '#ports/engine.ts'
import { checkDigest } from './check-digest.ts'
import { findFile, keepFile } from './file-cache.ts'
import { type BuildFiles, fileName, namedFiles, openShardList, shardFiles, type WantedFile } from './wanted-file.ts'

export type TakenIn = {
  /** Names of files that were whole and are kept now. */
  readonly taken: readonly string[]
  readonly refused: readonly { readonly name: string; readonly reason: string }[]
  /** Names of files that are still missing. */
  readonly missing: readonly string[]
}

/**
 * Keeps files that a person brings (a folder in the layout of the hub) where they are those of a build: found by name,
 * checked as a download is. Other files are left alone.
 */
export async function takeInFiles(build: BuildFiles, files: readonly File[]): Promise<TakenIn> {
  const byName = new Map(files.map((file) => [file.name, file]))
  const taken: string[] = []
  const refused: { name: string; reason: string }[] = []
  const missing: string[] = []

  async function take(wanted: readonly WantedFile[]): Promise<void> {
    for (const file of wanted) {
      const name = fileName(file.url)
      const brought = byName.get(name)
      if (!brought) {
        if (!(await findFile(file))) missing.push(name)
        continue
      }
      try {
        const bytes = new Uint8Array(await brought.arrayBuffer())
        await checkDigest(file, bytes)
        if (name === 'tensor-cache.json' && build.baseUrl) shardFiles(build.baseUrl, parse(bytes))
        await keepFile(file, bytes)
        taken.push(name)
      } catch (error) {
        if (error instanceof EngineError && error.type === 'storage-full') throw error
        refused.push({ name, reason: error instanceof Error ? error.message : String(error) })
      }
    }
  }

  await take(namedFiles(build))
  const listUrl = openShardList(build)
  const list = listUrl && (await findFile({ url: listUrl, role: 'weights' }))
  if (list && build.baseUrl) await take(shardFiles(build.baseUrl, await list.json()))
  return { taken, refused, missing }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new EngineError('wrong-digest', 'tensor-cache.json is no JSON.')
  }
}
