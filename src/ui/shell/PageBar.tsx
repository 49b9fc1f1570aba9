import { Contrast, Menu as MenuIcon, PanelLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { setDrawerOpen, setRailHidden, useShell } from './shell-state.ts'

/** The row on top of every page: the way to the conversations where they are hidden, the page's title and tools, the theme. */
export function PageBar({ title, tools }: { readonly title?: ReactNode; readonly tools?: ReactNode }) {
  const railHidden = useShell((state) => state.railHidden)
  const phone = useMedia(phoneQuery)
  const { updateSettings } = useActions()
  return (
    <header className="flex h-13 flex-none items-center gap-1 pr-3.5 pl-6 phone:px-1">
      {phone && <IconButton icon={MenuIcon} label="Conversations" onClick={() => setDrawerOpen(true)} />}
      {!phone && railHidden && (
        <IconButton
          icon={PanelLeft}
          label="Show conversations"
          keys="Ctrl B"
          className="-ml-2"
          onClick={() => setRailHidden(false)}
        />
      )}
      {title}
      <span className="flex-1" />
      {tools}
      <IconButton
        icon={Contrast}
        label="Switch theme"
        hint="light or dark"
        className="phone:hidden"
        onClick={() => void updateSettings({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' })}
      />
    </header>
  )
}
