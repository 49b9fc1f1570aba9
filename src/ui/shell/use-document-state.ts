import { useEffect } from 'react'
import type { LonghandState } from '#runtime/state.ts'
import { useMedia } from '#ui/kit/use-media.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

function engineMark(state: LonghandState): string {
  return state.engine.type
}

/** Writes what style sheets and drivers of the page look at onto the root element: theme, text size, state of the engine. */
export function useDocumentState(): void {
  const theme = useLonghand((state) => state.settings.theme)
  const textSize = useLonghand((state) => state.settings.textSize)
  const engine = useLonghand(engineMark)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const shown = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme
  useEffect(() => {
    document.documentElement.dataset.theme = shown
  }, [shown])
  useEffect(() => {
    document.documentElement.dataset.textSize = textSize
  }, [textSize])
  useEffect(() => {
    document.documentElement.dataset.engine = engine
  }, [engine])
}
