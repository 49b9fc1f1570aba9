import type { LiveReply } from '#runtime/state.ts'
import { formatCount } from '#ui/kit/format.ts'

/** What a reply on its way is doing, in words. */
export function phaseWords(live: LiveReply): string {
  switch (live.phase) {
    case 'queued':
      return 'Waiting for the model'
    case 'assembling':
      return 'Choosing what goes into the window'
    case 'reading':
      if (live.totalTokens === undefined) return 'Reading the prompt'
      if (live.readTokens === undefined) return `Reading ${formatCount(live.totalTokens)} tokens`
      return `Reading ${formatCount(live.readTokens)} of ${formatCount(live.totalTokens)} tokens`
    case 'thinking':
    case 'writing': {
      const what = live.phase === 'thinking' ? 'Thinking' : 'Writing'
      if (live.tokensPerSecond === undefined) return what
      return `${what} · ${live.tokensPerSecond < 10 ? live.tokensPerSecond.toFixed(1) : formatCount(live.tokensPerSecond)} tokens a second`
    }
    case 'saving':
      return 'Saving'
  }
}
