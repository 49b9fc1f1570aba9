import { EngineError } from '#ports/engine.ts'
import type { ModelBuild, ModelFile } from '#ports/model.ts'

/** A file to have: as in the catalogue, but files of the hub publish no size before they are asked for. */
export type WantedFile = Omit<ModelFile, 'sizeBytes'> & {
  readonly sizeBytes?: number
  /** Hex MD5, which lists of shards publish. */
  readonly md5?: string
}

/** The files of a build, as far as the catalogue names them. */
export type BuildFiles = Pick<ModelBuild, 'files' | 'baseUrl' | 'libraryUrl'>

/** The last part of a file's address. */
export const fileName = (url: string) => url.split('/').at(-1) ?? url

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

/** The shards that a tensor-cache.json lists; throws `wrong-digest` when it is not one. */
export function shardFiles(baseUrl: string, list: unknown): readonly WantedFile[] {
  const records = list && typeof list === 'object' && 'records' in list ? list.records : undefined
  if (!Array.isArray(records) || records.length === 0)
    throw new EngineError('wrong-digest', 'tensor-cache.json lists no weights.')
  return records.map((record: { dataPath?: unknown; nbytes?: unknown; md5sum?: unknown }) => {
    const { dataPath, nbytes, md5sum } = record
    if (typeof dataPath !== 'string' || typeof nbytes !== 'number')
      throw new EngineError('wrong-digest', 'A record of tensor-cache.json has no path or no size.')
    const url = new URL(dataPath, baseUrl).href
    if (!url.startsWith(baseUrl)) throw new EngineError('wrong-digest', `tensor-cache.json names a file elsewhere: ${dataPath}`)
    const md5 = typeof md5sum === 'string' && /^[0-9a-f]{32}$/i.test(md5sum) ? { md5: md5sum.toLowerCase() } : {}
    return { url, sizeBytes: nbytes, role: 'weights', ...md5 }
  })
}
