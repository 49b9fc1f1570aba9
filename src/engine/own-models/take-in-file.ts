import type { Gguf } from '#engine/gguf/read-gguf.ts'
import { sha256 } from '#engine/model-files/check-digest.ts'
import { keepFile } from '#engine/model-files/file-cache.ts'
import { EngineError } from '#ports/engine.ts'
import type { ModelFile } from '#ports/model.ts'
import type { TakeInProgress } from '#ports/own-models.ts'
import { whyUnfit } from './check-fitness.ts'
import { copyFile } from './copy-file.ts'
import { fingerprint, folderOf, plainName, recordName, removeFolder, removeLeftovers } from './own-files.ts'
import { readHeader } from './read-header.ts'

/** A small file to keep beside the weights. */
export type Beside = { readonly name: string; readonly json: object; readonly role: ModelFile['role'] }

/** What is made of a file once its header was found fit. */
export type MakeOf<Made> = {
  readonly use: 'chat' | 'embedding'
  readonly beside: (gguf: Gguf) => Beside | undefined
  /** A string is why it cannot be used. The digest of the weights is empty before they are copied. */
  readonly describe: (about: {
    readonly gguf: Gguf
    readonly id: string
    readonly fileName: string
    readonly weights: ModelFile
    readonly beside?: ModelFile
  }) => Made | string
}

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

/** Takes in a file of the user's own: everything is checked that the header tells before a byte is stored. */
export async function takeInFile<Made extends object>(
  file: File,
  make: MakeOf<Made>,
  onProgress: (progress: TakeInProgress) => void,
  signal: AbortSignal,
): Promise<Made> {
  onProgress({ type: 'reading' })
  const unfit = (why: string) => new EngineError('unfit-file', `${file.name} cannot be used: ${why}`)
  const { gguf, bytes: header } = await readHeader(file, file.name)
  const why = whyUnfit(gguf, file.size, make.use)
  if (why) throw unfit(why)

  const id = `file:${await fingerprint(file, header)}`
  const folder = folderOf(id)
  const small = make.beside(gguf)
  const smallBytes = small && encode(small.json)
  const beside: ModelFile | undefined = small &&
    smallBytes && { url: folder + small.name, sizeBytes: smallBytes.length, sha256: await sha256(smallBytes), role: small.role }
  const weights: ModelFile = { url: folder + plainName(file.name), sizeBytes: file.size, role: 'weights' }
  const describe = (digest: string) => {
    const about = { gguf, id, fileName: file.name, weights: { ...weights, sha256: digest }, ...(beside && { beside }) }
    const made = make.describe(about)
    if (typeof made === 'string') throw unfit(made)
    return made
  }
  describe('')
  await checkRoom(file.size)

  await removeLeftovers()
  // A damaged copy from before may stand there under another name.
  await removeFolder(id)
  try {
    const copied = (doneBytes: number) => onProgress({ type: 'copying', doneBytes, totalBytes: file.size })
    const made = describe(await copyFile(file, weights.url, copied, signal))
    if (beside && smallBytes) await keepFile(beside, smallBytes)
    await keepFile({ url: folder + recordName, role: 'config' }, encode(made))
    return made
  } catch (error) {
    await removeLeftovers()
    throw error
  }
}

/** Before a copy is begun that cannot end: does the browser say that it has room? */
async function checkRoom(bytes: number): Promise<void> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
  const free = quota === undefined || usage === undefined ? undefined : quota - usage
  if (free !== undefined && free < bytes)
    throw new EngineError('storage-full', `The file has ${bytes} bytes; the browser says it has room for ${Math.max(0, free)}.`)
}
