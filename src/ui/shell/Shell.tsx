import { type ReactNode, Suspense } from 'react'
import { Notices } from './pages.tsx'
import { useDocumentState } from './use-document-state.ts'

/** The frame of the window: conversations on the left, the page in the middle, the receipt on the right. */
export function Shell({ children }: { readonly children: ReactNode }) {
  useDocumentState()
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] overflow-hidden">
      <main className="relative flex min-h-0 min-w-0 flex-col">{children}</main>
      <Suspense>
        <Notices />
      </Suspense>
    </div>
  )
}
