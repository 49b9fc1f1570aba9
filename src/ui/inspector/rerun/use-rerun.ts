import { useEffect, useRef, useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import type { Rerun } from '#runtime/actions.ts'
import { useActions } from '#ui/longhand-context.tsx'

export type RerunState =
  | { readonly type: 'none' }
  | { readonly type: 'running'; readonly text: string }
  | { readonly type: 'ended'; readonly result: Rerun }

/** One prompt at a time, sent once more. Leaving the view stops it. */
export function useRerun() {
  const { rerun } = useActions()
  const [state, setState] = useState<RerunState>({ type: 'none' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  return {
    state,
    stop: () => running.current?.abort(),
    async run(asked: Pick<Manifest, 'prompt' | 'sampling'>) {
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      const isCurrent = () => running.current === controller
      setState({ type: 'running', text: '' })
      const onText = (text: string) => isCurrent() && setState({ type: 'running', text })
      const result = await rerun(asked, { signal: controller.signal, onText })
      if (isCurrent()) setState({ type: 'ended', result })
    },
  }
}
