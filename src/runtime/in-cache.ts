import type { Engine } from '#ports/engine.ts'
import type { Runtime } from './runtime.ts'

/** Forgets the prompts that the engine holds no longer; to be called after whatever it read, however that ended. */
export async function keepCached({ inCache }: Runtime, engine: Engine): Promise<void> {
  // An engine that cannot say holds nothing: it broke down.
  const held = new Set(await engine.cachedConversations().catch(() => []))
  for (const id of inCache.keys()) if (!held.has(id)) inCache.delete(id)
}
