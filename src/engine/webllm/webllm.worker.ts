import { type Channel, serveEngine } from '#engine/serve-engine.ts'
import { fetchFromCacheOnly } from './fetch-from-cache.ts'
import { WebllmEngine } from './webllm-engine.ts'

serveEngine(new WebllmEngine(fetchFromCacheOnly()), globalThis as unknown as Channel)
