import type { AppendAnswer, AppendRequest } from './append-protocol.ts'
import type { CopyFiles } from './copy-files.ts'

/** A format that later code could not read would live in another folder. */
const rootFolder = 'second-copy-1'

/** The origin's private file system, where the browser has one; undefined elsewhere. */
export function opfsFiles(databaseName: string): CopyFiles | undefined {
  if (typeof Worker === 'undefined' || !globalThis.navigator?.storage?.getDirectory) return undefined
  const base = [rootFolder, databaseName]

  async function folderAt(path: readonly string[]): Promise<FileSystemDirectoryHandle> {
    let folder = await navigator.storage.getDirectory()
    for (const name of path) folder = await folder.getDirectoryHandle(name)
    return folder
  }
  const appender = createAppender()

  return {
    async folders() {
      const names: string[] = []
      for await (const handle of await entriesOf(folderAt(base))) if (handle.kind === 'directory') names.push(handle.name)
      return names
    },
    async list(folder) {
      const files = []
      for await (const handle of await entriesOf(folderAt([...base, folder]))) {
        if (handle.kind !== 'file') continue
        const { name, size, lastModified } = await (handle as FileSystemFileHandle).getFile()
        files.push({ name, bytes: size, changedAt: lastModified })
      }
      return files
    },
    read: async (folder, name) => (await (await folderAt([...base, folder])).getFileHandle(name)).getFile(),
    append: (folder, name, bytes) => appender.ask({ type: 'append', path: [...base, folder, name], bytes }),
    release: (folder, name) => appender.ask({ type: 'release', path: [...base, folder, name] }),
    remove: async (folder, name) => (await folderAt([...base, folder])).removeEntry(name),
    removeFolder: async (folder) => (await folderAt(base)).removeEntry(folder, { recursive: true }),
    close: appender.close,
  }
}

/** What is in a folder; nothing where there is no such folder. */
async function entriesOf(
  folder: Promise<FileSystemDirectoryHandle>,
): Promise<AsyncIterable<FileSystemHandle> | FileSystemHandle[]> {
  try {
    return (await folder).values()
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return []
    throw thrown
  }
}

/** Only a worker can append and know that it is on the medium; it is started with the first bytes. */
function createAppender() {
  const waiting = new Map<number, { readonly done: () => void; readonly failed: (error: Error) => void }>()
  let worker: Worker | undefined
  let asked = 0

  function fail(why: string): void {
    worker?.terminate()
    worker = undefined
    for (const { failed } of waiting.values()) failed(new Error(why))
    waiting.clear()
  }

  function start(): Worker {
    const started = new Worker(new URL('./append.worker.ts', import.meta.url), { type: 'module', name: 'second-copy' })
    started.onmessage = ({ data }: MessageEvent<AppendAnswer>) => {
      const entry = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.error === undefined) entry?.done()
      else entry?.failed(new Error(data.error))
    }
    started.onerror = (event) => {
      event.preventDefault()
      fail(`The worker of the second copy stopped: ${event.message}`)
    }
    return started
  }

  return {
    ask(request: DistributiveOmit<AppendRequest, 'id'>): Promise<void> {
      return new Promise((done, failed) => {
        // Nothing is held open where there is no worker.
        if (!worker && request.type === 'release') return done()
        worker ??= start()
        const id = ++asked
        waiting.set(id, { done, failed })
        worker.postMessage({ ...request, id } satisfies AppendRequest)
      })
    },
    close: () => fail('The second copy was closed.'),
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never
