import { ImageIcon } from 'lucide-react'
import { useContext } from 'react'
import { Icon } from '#ui/kit/Icon.tsx'
import { InsideLink } from './inside-link.ts'
import { askToOpen } from './outside-link.ts'
import { hostOf, safeUrl } from './safe-url.ts'

/** An image in a reply is never fetched: a chip names it and its host, and a click asks. */
export function MarkdownImage({ src = '', alt = '' }: { readonly src?: string | undefined; readonly alt?: string | undefined }) {
  const insideLink = useContext(InsideLink)
  const url = safeUrl(src)
  const words = (
    <>
      <Icon of={ImageIcon} size={14} />
      <span className="truncate">{alt || 'image'}</span>
      <span className="text-ink-3">{url ? hostOf(url) : 'not shown'}</span>
    </>
  )
  const look = 'inline-flex max-w-full items-center gap-1.5 rounded-md bg-sunk px-2 align-middle text-xs leading-6 text-ink-2'
  if (!url || insideLink) return <span className={look}>{words}</span>
  return (
    <button type="button" className={`${look} cursor-pointer hover:text-ink`} onClick={() => askToOpen({ url, kind: 'image' })}>
      {words}
    </button>
  )
}
