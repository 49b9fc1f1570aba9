import type { CacheReuse } from '#ports/engine.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

/** What becomes of the chat's cache when the model works on something beside it. */
export function cacheWords(reuse: CacheReuse | undefined): string {
  if (!reuse) return ''
  if (reuse === 'several') return 'The chat keeps its cache where both fit the window; else its next turn is read anew.'
  return 'The cache then holds this instead, so the next turn of the chat is read anew.'
}

/** How the loaded model reuses its cache; undefined while none is loaded here. */
export function useReuse(): CacheReuse | undefined {
  return useLonghand(({ engine }) => (engine.type === 'ready' || engine.type === 'generating' ? engine.loaded.reuse : undefined))
}
