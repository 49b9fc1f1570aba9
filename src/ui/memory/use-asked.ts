import { useEffect, useState } from 'react'
import type { AskedMemory } from '#runtime/state.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

const pauseMs = 200

/** What a text would bring into the prompt, asked again a moment after it, memory or the conversation changed. */
export function useAsked(text: string): { readonly asked: AskedMemory | undefined; readonly asking: boolean } {
  const { askMemory } = useActions()
  const memories = useLonghand((state) => state.memories)
  const open = useLonghand((state) => state.open)
  const engine = useLonghand((state) => (state.engine.type === 'ready' ? state.engine.loaded : undefined))
  const memory = useLonghand((state) => state.settings.memory)
  const [answer, setAnswer] = useState<{ readonly text: string; readonly asked: AskedMemory | undefined }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer hangs on all of them.
  useEffect(() => {
    if (text.trim() === '') return
    let current = true
    const timer = setTimeout(() => {
      void askMemory(text).then((asked) => {
        if (current) setAnswer({ text, asked })
      })
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [askMemory, text, memories, open, engine, memory])
  if (text.trim() === '') return { asked: undefined, asking: false }
  return { asked: answer?.asked, asking: answer?.text !== text }
}
