import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'

const shownMs = 1600

/** Copies, and tells for a moment that it did. */
export function useCopied(): { readonly copied: boolean; readonly copy: (text: string, done: string) => void } {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  return { copied, copy: (text, done) => void copyText(text, done).then(setCopied) }
}
