import { dropFile, findFile } from './file-cache.ts'
import { type BuildFiles, namedFiles, openShardList, shardFiles, type WantedFile } from './wanted-file.ts'

/** All files of a build as far as they can be told without the network. */
async function knownFiles(build: BuildFiles): Promise<{ files: readonly WantedFile[]; complete: boolean }> {
  const named = namedFiles(build)
  const listUrl = openShardList(build)
  if (!listUrl || !build.baseUrl) return { files: named, complete: true }
  const list = await findFile({ url: listUrl, role: 'weights' })
  if (!list) return { files: named, complete: false }
  return { files: [...named, ...shardFiles(build.baseUrl, await list.json())], complete: true }
}

/** Whether a build's files are in this browser. Reads no file and touches no network. */
export async function modelFilesState(build: BuildFiles): Promise<'yes' | 'partly' | 'no'> {
  if (typeof caches === 'undefined') return 'no'
  const { files, complete } = await knownFiles(build)
  const found = await Promise.all(files.map(async (file) => (await findFile(file)) !== undefined))
  const count = found.filter(Boolean).length
  if (count === 0) return 'no'
  return complete && count === files.length ? 'yes' : 'partly'
}

/** Removes a build's files from this browser. */
export async function deleteModelFiles(build: BuildFiles): Promise<void> {
  if (typeof caches === 'undefined') return
  const { files } = await knownFiles(build)
  for (const file of files) await dropFile(file)
}
