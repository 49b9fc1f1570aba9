import { createChatImporter } from './create-chat-importer.ts'
import { serveImporter } from './serve-importer.ts'

serveImporter(createChatImporter(), self, () => performance.now())
