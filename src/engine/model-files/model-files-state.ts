import type { FilesState } from '#ports/model.ts'
import { dropFile, findFile, keptSize, keptUrls } from './file-cache.ts'
import { absoluteUrl, type BuildFiles, namedFiles, openShardList, shardFiles, type WantedFile } from './wanted-file.ts'

/** All files of a build as far as they can be told without the network. */
async function knownFiles(build: BuildFiles): Promise<{ files: readonly WantedFile[]; complete: boolean }> {
  const named = namedFiles(build)
  const listUrl = openShardList(build)
  if (!listUrl || !build.baseUrl) return { files: named, complete: true }
  const list = await findFile({ url: listUrl, role: 'weights' })
  if (!list) return { files: named, complete: false }
  return { files: [...named, ...shardFiles(build.baseUrl, await list.json())], complete: true }
}

/** What of some builds is in this browser, in their order. Looks into the caches once, reads no weights, touches no network. */
export async function modelFilesStates(builds: readonly BuildFiles[]): Promise<readonly FilesState[]> {
  if (typeof caches === 'undefined') return builds.map(() => ({ onDisk: 'no', bytes: 0 }))
  const here = await keptUrls()
  return Promise.all(builds.map((build) => stateOf(build, here)))
}

async function stateOf(build: BuildFiles, here: ReadonlySet<string>): Promise<FilesState> {
  const none: FilesState = { onDisk: 'no', bytes: 0 }
  // Models of one shape share a library: alone it says nothing.
  if (!namedFiles(build).some(({ url, role }) => role !== 'library' && here.has(absoluteUrl(url)))) return none
  const { files, complete } = await knownFiles(build)
  const kept = files.filter(({ url }) => here.has(absoluteUrl(url)))
  const sizes = await Promise.all(
    kept.map(async (file) => {
      const response = await findFile(file)
      return response ? keptSize(file, response) : 0
    }),
  )
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  return { onDisk: complete && kept.length === files.length ? 'yes' : 'partly', bytes }
}

/** Removes a build's files from this browser; not the library where another model uses it as well. */
export async function deleteModelFiles(build: BuildFiles, { keepLibrary = false } = {}): Promise<void> {
  if (typeof caches === 'undefined') return
  const { files } = await knownFiles(build)
  for (const file of files) if (!keepLibrary || file.role !== 'library') await dropFile(file)
}
