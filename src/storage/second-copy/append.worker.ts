import type { AppendAnswer, AppendRequest } from './append-protocol.ts'

/** What TypeScript's DOM library does not know, since only dedicated workers have it. */
type AccessHandle = {
  getSize(): number
  write(bytes: Uint8Array, options: { readonly at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}
type AppendableFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<AccessHandle> }

const open = new Map<string, AccessHandle>()

async function handleOf(path: readonly string[]): Promise<AccessHandle> {
  const key = path.join('/')
  const known = open.get(key)
  if (known) return known
  let folder = await navigator.storage.getDirectory()
  for (const name of path.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true })
  const file = (await folder.getFileHandle(path.at(-1) ?? '', { create: true })) as AppendableFile
  const handle = await file.createSyncAccessHandle()
  open.set(key, handle)
  return handle
}

async function append(path: readonly string[], bytes: Uint8Array): Promise<void> {
  const handle = await handleOf(path)
  const end = handle.getSize()
  try {
    if (handle.write(bytes, { at: end }) !== bytes.length) throw new Error('The file system wrote only a part.')
    handle.flush()
  } catch (thrown) {
    handle.truncate(end)
    throw thrown
  }
}

function release(path: readonly string[]): void {
  const key = path.join('/')
  open.get(key)?.close()
  open.delete(key)
}

async function answer(request: AppendRequest): Promise<AppendAnswer> {
  try {
    if (request.type === 'append') await append(request.path, request.bytes)
    else release(request.path)
    return { id: request.id }
  } catch (thrown) {
    return { id: request.id, error: String(thrown) }
  }
}

let last: Promise<unknown> = Promise.resolve()
self.onmessage = ({ data }: MessageEvent<AppendRequest>) => {
  last = last.then(async () => self.postMessage(await answer(data)))
}
