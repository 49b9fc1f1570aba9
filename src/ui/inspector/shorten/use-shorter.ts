import { useEffect, useRef, useState } from 'react'
import type { ScoredText, ShortText } from '#runtime/actions.ts'
import { useActions } from '#ui/longhand-context.tsx'

export type ScoringState =
  | { readonly type: 'none' }
  | { readonly type: 'running'; readonly doneTokens: number; readonly totalTokens: number }
  | { readonly type: 'failed'; readonly words: string }

/** A text shortened at a ratio, made anew when the ratio or the scores change, and the scoring of it by the model. */
export function useShorter(text: string, ratio: number) {
  const { scoreTokens, shortenText } = useActions()
  const [scored, setScored] = useState<ScoredText>()
  const [shorter, setShorter] = useState<ShortText>()
  const [state, setState] = useState<ScoringState>({ type: 'none' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  useEffect(() => {
    let stale = false
    void shortenText(text, ratio, scored).then((made) => !stale && setShorter(made))
    return () => {
      stale = true
    }
  }, [shortenText, text, ratio, scored])

  async function score() {
    const controller = new AbortController()
    running.current = controller
    setState({ type: 'running', doneTokens: 0, totalTokens: 0 })
    const watch = {
      signal: controller.signal,
      onProgress: (progress: { readonly doneTokens: number; readonly totalTokens: number }) =>
        setState({ type: 'running', ...progress }),
    }
    const made = await scoreTokens({ text }, watch)
    if (made.type === 'done') setScored(made)
    setState(
      made.type === 'failed'
        ? { type: 'failed', words: `${made.problem.title} ${made.problem.advice}` }
        : made.type === 'interrupted'
          ? { type: 'failed', words: 'A turn of the chat came first, so scoring was ended. Start it again.' }
          : { type: 'none' },
    )
  }
  return { shorter, state, scored: scored !== undefined, score, stop: () => running.current?.abort() }
}
