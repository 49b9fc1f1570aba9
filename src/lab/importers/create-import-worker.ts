import type { ChatImporter } from '#ports/chat-importer.ts'
import { connectImporter } from './connect-importer.ts'

/** The importer in a worker of its own, so that reading never holds up the page. */
export function createImportWorker(): ChatImporter {
  return connectImporter(() => new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'import' }))
}
