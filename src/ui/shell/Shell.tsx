import { lazy, type ReactNode, Suspense } from 'react'
import { useRoute } from 'wouter'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'
import { useOutsideLink } from '#ui/markdown/outside-link.ts'
import { TroubleBanners } from '#ui/notices/TroubleBanners.tsx'
import { Announcer } from './Announcer.tsx'
import { Drawer } from './Drawer.tsx'
import { pagePattern } from './page-pattern.ts'
import { Notices } from './pages.tsx'
import { Rail } from './Rail.tsx'
import { ReceiptFrame } from './ReceiptFrame.tsx'
import { useShell } from './shell-state.ts'
import { useDocumentState } from './use-document-state.ts'
import { useShortcuts } from './use-shortcuts.ts'

const SearchDialog = lazy(async () => ({ default: (await import('#ui/search/SearchDialog.tsx')).SearchDialog }))
const OutsideLinkDialog = lazy(async () => ({ default: (await import('#ui/markdown/OutsideLinkDialog.tsx')).OutsideLinkDialog }))
const ShortcutSheet = lazy(async () => ({ default: (await import('./ShortcutSheet.tsx')).ShortcutSheet }))

/** The frame of the window: conversations on the left, the page in the middle, the receipt on the right. */
export function Shell({ children }: { readonly children: ReactNode }) {
  useDocumentState()
  useShortcuts()
  const { railHidden, drawerOpen, dialog, receipt } = useShell()
  const asking = useOutsideLink((state) => state.link !== undefined)
  const phone = useMedia(phoneQuery)
  const [onPage] = useRoute(pagePattern)
  const shownReceipt = onPage ? undefined : receipt
  return (
    <div className="flex h-dvh overflow-hidden phone:flex-col">
      {!phone && !railHidden && (
        <header className="w-rail flex-none">
          <Rail />
        </header>
      )}
      {phone && drawerOpen && <Drawer />}
      {/* On a phone sheets keep within it, below the notices. */}
      <div className="flex min-h-0 min-w-0 flex-1 phone:contain-layout">
        <main className="relative flex min-h-0 min-w-0 flex-1 flex-col" inert={phone && shownReceipt !== undefined}>
          <TroubleBanners />
          {children}
        </main>
        {shownReceipt && <ReceiptFrame receipt={shownReceipt} />}
      </div>
      <Suspense>
        {dialog === 'search' && <SearchDialog />}
        {dialog === 'shortcuts' && <ShortcutSheet />}
        {asking && <OutsideLinkDialog />}
        <Notices />
      </Suspense>
      <Announcer />
    </div>
  )
}
