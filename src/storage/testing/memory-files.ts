import type { CopyFiles } from '#storage/second-copy/copy-files.ts'

type File = { bytes: Uint8Array<ArrayBuffer>; changedAt: number }

/** Files of the second copy in the memory of this process: as many tabs as wanted may use them, and a test may spoil them. */
export type MemoryFiles = CopyFiles & {
  readonly all: Map<string, File>
  /** What the next calls of `append` do. */
  appending: 'works' | 'fails' | 'hangs'
  /** All bytes as text, unpacked where they are packed. */
  text(): Promise<string>
}

export function memoryFiles(): MemoryFiles {
  const all = new Map<string, File>()
  let clock = 0
  const within = (folder: string) => [...all].filter(([path]) => path.startsWith(`${folder}/`))
  const files: MemoryFiles = {
    all,
    appending: 'works',
    folders: async () => [...new Set([...all.keys()].map((path) => path.split('/')[0] ?? ''))],
    list: async (folder) =>
      within(folder).map(([path, { bytes, changedAt }]) => ({
        name: path.slice(folder.length + 1),
        bytes: bytes.length,
        changedAt,
      })),
    async read(folder, name) {
      const file = all.get(`${folder}/${name}`)
      if (!file) throw new DOMException('There is no such file.', 'NotFoundError')
      return new Blob([file.bytes])
    },
    async append(folder, name, bytes) {
      if (files.appending === 'fails') throw new DOMException('The disk is full.', 'QuotaExceededError')
      if (files.appending === 'hangs') await new Promise(() => {})
      const before = all.get(`${folder}/${name}`)?.bytes ?? new Uint8Array()
      const after = new Uint8Array(before.length + bytes.length)
      after.set(before)
      after.set(bytes, before.length)
      all.set(`${folder}/${name}`, { bytes: after, changedAt: ++clock })
    },
    release: async () => {},
    remove: async (folder, name) => void all.delete(`${folder}/${name}`),
    async removeFolder(folder) {
      for (const [path] of within(folder)) all.delete(path)
    },
    close() {},
    async text() {
      const texts = [...all.values()].map(async ({ bytes }) => {
        const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
        const stream = new Blob([bytes]).stream()
        return new Response(packed ? stream.pipeThrough(new DecompressionStream('gzip')) : stream).text()
      })
      return (await Promise.all(texts)).join('\n')
    },
  }
  return files
}
