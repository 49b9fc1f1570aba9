import { useEffect } from 'react'
import { useMedia } from '#ui/kit/use-media.ts'
import { useLonghand } from '#ui/longhand-context.tsx'

/** Writes what style sheets look at onto the root element: theme and text size. */
export function useDocumentState(): void {
  const theme = useLonghand((state) => state.settings.theme)
  const textSize = useLonghand((state) => state.settings.textSize)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const shown = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme
  useEffect(() => {
    document.documentElement.dataset.theme = shown
  }, [shown])
  useEffect(() => {
    document.documentElement.dataset.textSize = textSize
  }, [textSize])
}
