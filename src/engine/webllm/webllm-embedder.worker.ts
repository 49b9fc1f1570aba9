import { type EmbedderChannel, serveEmbedder } from '#engine/embedder/serve-embedder.ts'
import { fetchFromCacheOnly } from './fetch-from-cache.ts'
import { webllmEmbedderProgram } from './webllm-embedder-program.ts'

serveEmbedder(webllmEmbedderProgram(fetchFromCacheOnly()), globalThis as unknown as EmbedderChannel)
