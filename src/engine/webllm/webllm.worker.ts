import { type EmbedderChannel, serveEmbedder } from '#engine/embedder/serve-embedder.ts'
import { type Channel, serveEngine } from '#engine/serve-engine.ts'
import { fetchFromCacheOnly } from './fetch-from-cache.ts'
import { webllmEmbedderProgram } from './webllm-embedder-program.ts'
import { WebllmEngine } from './webllm-engine.ts'

const network = fetchFromCacheOnly()
// One script for both, so that web-llm is in the build once.
if (self.name === 'webllm-embedder') serveEmbedder(webllmEmbedderProgram(network), globalThis as unknown as EmbedderChannel)
else serveEngine(new WebllmEngine(network), globalThis as unknown as Channel)
