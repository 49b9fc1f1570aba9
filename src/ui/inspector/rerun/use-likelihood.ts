import { useEffect, useRef, useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { compareLikelihood, type LikelihoodChange } from '#context/rerun/compare-likelihood.ts'
import { promptWithout } from '#context/rerun/prompt-without.ts'
import { afterThought } from '#context/write-reply.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

export type LikelihoodState =
  | { readonly type: 'none' }
  /** `which` of the two prompts is being read. */
  | { readonly type: 'running'; readonly which: 1 | 2; readonly doneTokens: number; readonly totalTokens: number }
  | { readonly type: 'ended'; readonly change: LikelihoodChange; readonly model: string }
  | { readonly type: 'failed'; readonly words: string }

/** How likely the recorded reply is after the prompt without some items, and after the recorded one. */
export function useLikelihood(manifest: Manifest, recorded: string) {
  const { scoreTokens } = useActions()
  const [state, setState] = useState<LikelihoodState>({ type: 'none' })
  const thought = useLonghand((state) => state.open?.messages.find(({ id }) => id === manifest.replyId)?.thought)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function start(gone: ReadonlySet<string>) {
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    const score = (which: 1 | 2, prompt: Manifest['prompt']) => {
      setState({ type: 'running', which, doneTokens: 0, totalTokens: 0 })
      const onProgress = (progress: { readonly doneTokens: number; readonly totalTokens: number }) =>
        setState({ type: 'running', which, ...progress })
      return scoreTokens(
        { prompt: manifest.thinking ? afterThought(prompt, thought) : prompt, text: recorded },
        { signal, onProgress },
      )
    }
    // The recorded prompt comes last: the cache then holds what the chat goes on from.
    const after = await score(1, promptWithout(manifest, gone))
    const before = after.type === 'done' ? await score(2, manifest.prompt) : after
    if (before.type === 'done' && after.type === 'done') {
      const change = compareLikelihood(before.scores, after.scores)
      return setState(
        change ? { type: 'ended', change, model: before.by.name } : { type: 'failed', words: 'The reply has no words to score.' },
      )
    }
    setState(
      before.type === 'failed'
        ? { type: 'failed', words: `${before.problem.title} ${before.problem.advice}` }
        : before.type === 'interrupted'
          ? { type: 'failed', words: 'A turn of the chat came first, so scoring was ended. Start it again.' }
          : { type: 'none' },
    )
  }
  return { state, start, stop: () => running.current?.abort() }
}
