import { tokenizerFromGguf } from '#engine/gguf/gguf-tokenizer.ts'
import { sha256 } from '#engine/model-files/check-digest.ts'
import { keepFile } from '#engine/model-files/file-cache.ts'
import { EngineError } from '#ports/engine.ts'
import type { Model, ModelFile } from '#ports/model.ts'
import type { TakeInProgress } from '#ports/own-models.ts'
import { whyUnfit } from './check-fitness.ts'
import { copyFile } from './copy-file.ts'
import { fingerprint, folderOf, plainName, recordName, removeFolder, removeLeftovers } from './own-files.ts'
import { ownModel } from './own-model.ts'
import { readHeader } from './read-header.ts'

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

/** Takes in a file of the user's own: everything is checked that the header tells before a byte is stored. */
export async function takeInModel(
  file: File,
  onProgress: (progress: TakeInProgress) => void,
  signal: AbortSignal,
): Promise<Model> {
  onProgress({ type: 'reading' })
  const unfit = (why: string) => new EngineError('unfit-file', `${file.name} cannot be used: ${why}`)
  const { gguf, bytes: header } = await readHeader(file, file.name)
  const why = whyUnfit(gguf, file.size, 'chat')
  if (why) throw unfit(why)

  const id = `file:${await fingerprint(file, header)}`
  const folder = folderOf(id)
  const tokenizerBytes = tokenizerFromGguf(gguf)
  const small = async (name: string, value: object, role: ModelFile['role']) => {
    const bytes = encode(value)
    const file: ModelFile = { url: folder + name, sizeBytes: bytes.length, sha256: await sha256(bytes), role }
    return { file, bytes }
  }
  const tokenizer = tokenizerBytes && (await small('tokenizer.json', tokenizerBytes, 'tokenizer'))
  const record: ModelFile = { url: folder + recordName, sizeBytes: 0, role: 'config' }
  const describe = (digest: string) =>
    ownModel({
      gguf,
      id,
      fileName: file.name,
      weights: { url: folder + plainName(file.name), sizeBytes: file.size, sha256: digest, role: 'weights' },
      ...(tokenizer && { tokenizer: tokenizer.file }),
    })
  const first = describe('')
  if (typeof first === 'string') throw unfit(first)
  await checkRoom(file.size)

  await removeLeftovers()
  const [weights] = first.builds.wllama?.files ?? []
  if (!weights) throw new EngineError('internal', 'A model of a file names no file.')
  // A damaged copy from before may stand there under another name.
  await removeFolder(id)
  try {
    const copied = (doneBytes: number) => onProgress({ type: 'copying', doneBytes, totalBytes: file.size })
    const model = describe(await copyFile(file, weights.url, copied, signal))
    if (typeof model === 'string') throw unfit(model)
    if (tokenizer) await keepFile(tokenizer.file, tokenizer.bytes)
    await keepFile(record, encode(model))
    return model
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
