import type { MemoryId } from '#shared/ids.ts'

/** The parts of the memory page: what is known, what a text would bring back, what a person should look at. */
export type MemoryView = 'known' | 'ask' | 'check'

/** Address of the memory page, of a part of it, or of one memory beside that. */
export function memoryPath(id?: MemoryId, view: MemoryView = 'known'): string {
  return ['/memory', ...(view === 'known' ? [] : [view]), ...(id ? [id] : [])].join('/')
}

/** What an address of the memory page shows. */
export function readMemoryPath(path: string): { readonly view: MemoryView; readonly id: string | undefined } {
  const parts = path.split('/').slice(2)
  const view = parts[0] === 'ask' || parts[0] === 'check' ? parts[0] : 'known'
  return { view, id: parts.find((part) => part.startsWith('mem:')) }
}
