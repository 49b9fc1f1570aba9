import type { MemoryId } from '#shared/ids.ts'

/** Path of the memory page, or of one memory on it. */
export function memoryPath(id?: MemoryId): string {
  return id ? `/memory/${id}` : '/memory'
}
