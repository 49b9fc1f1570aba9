import { type ReactNode, type RefObject, useEffect } from 'react'
import { PageBar } from './PageBar.tsx'

type Props = {
  readonly title: string
  /** A line under the title. */
  readonly lead?: ReactNode
  readonly children: ReactNode
  /** The box that scrolls, for lists that draw only what is in view. */
  readonly scrollRef?: RefObject<HTMLDivElement | null>
}

/** A page beside the conversations: it scrolls, with its title, a line under it and its contents in one measure. */
export function PageFrame({ title, lead, children, scrollRef }: Props) {
  useEffect(() => {
    document.title = `${title} · Longhand`
  }, [title])
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageBar />
      <div ref={scrollRef} className="thin-scroll min-h-0 flex-1 overflow-auto">
        <div className="mx-auto w-full max-w-216 px-8 pt-1 pb-16 phone:px-4">
          <h1 className="text-xl font-semibold tracking-[-0.02em]">{title}</h1>
          {lead && <div className="mt-0.5 max-w-152 text-ink-2">{lead}</div>}
          {children}
        </div>
      </div>
    </div>
  )
}
