import type { MouseEvent, ReactNode } from 'react'
import { InsideLink } from './inside-link.ts'
import { askToOpen } from './outside-link.ts'
import { safeUrl } from './safe-url.ts'

/** A link in a reply. Any click asks first; an address of another kind than http, https or mailto is only text. */
export function MarkdownLink({ href = '', children }: { readonly href?: string | undefined; readonly children?: ReactNode }) {
  const url = safeUrl(href)
  if (!url) return <span>{children}</span>
  const ask = (event: MouseEvent) => {
    event.preventDefault()
    askToOpen({ url, kind: 'link' })
  }
  return (
    <InsideLink value={true}>
      <a href={url} rel="noopener noreferrer" target="_blank" draggable={false} onClick={ask} onAuxClick={ask} className="link">
        {children}
      </a>
    </InsideLink>
  )
}
