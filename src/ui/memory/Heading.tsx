import type { ReactNode } from 'react'

/** A part of a memory's panel, with a word about it. */
export function Heading({ children, note }: { readonly children: ReactNode; readonly note: string }) {
  return (
    <h3 className="mt-4.5 mb-0.5 flex items-baseline gap-2 text-sm font-semibold">
      {children}
      <span className="text-xs font-normal text-ink-3">{note}</span>
    </h3>
  )
}
