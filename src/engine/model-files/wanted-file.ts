import type { ModelBuild, ModelFile } from '#ports/model.ts'

/** A file to have: as in the catalogue, but files of the hub publish no size before they are asked for. */
export type WantedFile = Omit<ModelFile, 'sizeBytes'> & { readonly sizeBytes?: number }

/** The files of a build, as far as the catalogue names them. */
export type BuildFiles = Pick<ModelBuild, 'files' | 'baseUrl' | 'libraryUrl'>

/** The address under which a file is fetched and kept. */
export const absoluteUrl = (url: string) => new URL(url, globalThis.location.origin).href

/** The files that a build names, or for a hub model those that are known before its list of shards was read. */
export function namedFiles(build: BuildFiles): readonly WantedFile[] {
  if (build.files.length > 0) return build.files
  const { baseUrl, libraryUrl } = build
  if (!baseUrl || !libraryUrl) return []
  return [
    { url: `${baseUrl}mlc-chat-config.json`, role: 'config' },
    { url: `${baseUrl}tokenizer.json`, role: 'tokenizer' },
    { url: shardListUrl(baseUrl), role: 'weights' },
    { url: libraryUrl, role: 'library' },
  ]
}

const shardListUrl = (baseUrl: string) => `${baseUrl}tensor-cache.json`

/** Address of the list of shards, for a build whose files are not all named. */
export function openShardList(build: BuildFiles): string | undefined {
  return build.files.length === 0 && build.baseUrl ? shardListUrl(build.baseUrl) : undefined
}

/** The shards that a tensor-cache.json lists; throws when it is not one. */
export function shardFiles(baseUrl: string, list: unknown): readonly WantedFile[] {
  const records = list && typeof list === 'object' && 'records' in list ? list.records : undefined
  if (!Array.isArray(records) || records.length === 0) throw new Error('tensor-cache.json lists no weights.')
  return records.map((record: { dataPath?: unknown; nbytes?: unknown }) => {
    if (typeof record.dataPath !== 'string' || typeof record.nbytes !== 'number')
      throw new Error('A record of tensor-cache.json has no path or no size.')
    return { url: new URL(record.dataPath, baseUrl).href, sizeBytes: record.nbytes, role: 'weights' }
  })
}
