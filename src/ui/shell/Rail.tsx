import { BookOpenText, Box, PanelLeft, Plus, Search, SlidersHorizontal } from 'lucide-react'
import { Icon } from '#ui/kit/Icon.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useMemoryCount } from '#ui/kit/use-memory-count.ts'
import { Brand } from './Brand.tsx'
import { ConversationList } from './ConversationList.tsx'
import { EngineFoot } from './EngineFoot.tsx'
import { NavLink, navLook } from './NavLink.tsx'
import { openDialog, setDrawerOpen, setRailHidden } from './shell-state.ts'
import { useNewChat } from './use-new-chat.ts'

/** Everything on the left: start, find, the conversations, the pages, what runs. */
export function Rail({ drawer = false }: { readonly drawer?: boolean }) {
  const newChat = useNewChat()
  const known = useMemoryCount()
  return (
    <div className="flex h-full min-h-0 flex-col bg-rail px-2.5 pt-3 pb-2.5">
      <div className="mb-3 flex h-8 touch:h-11 items-center pr-0.5 pl-2">
        <Brand />
        <IconButton
          icon={PanelLeft}
          label="Hide conversations"
          keys="Ctrl B"
          small
          className="ml-auto"
          onClick={() => (drawer ? setDrawerOpen(false) : setRailHidden(true))}
        />
      </div>
      <button
        type="button"
        className={navLook}
        onClick={() => newChat()}
        aria-label="New chat"
        aria-keyshortcuts="Control+Shift+O"
      >
        <Icon of={Plus} className="text-ink-3" />
        New chat
        <kbd className="ml-auto touch:hidden">Ctrl ⇧ O</kbd>
      </button>
      <button
        type="button"
        className={navLook}
        onClick={() => openDialog('search')}
        aria-label="Search"
        aria-keyshortcuts="Control+K"
      >
        <Icon of={Search} className="text-ink-3" />
        Search
        <kbd className="ml-auto touch:hidden">Ctrl K</kbd>
      </button>
      <ConversationList />
      <NavLink href="/memory" pattern="/memory/*?" icon={BookOpenText} label="Memory">
        <span aria-hidden="true" className="num ml-auto text-xs font-normal text-ink-3">
          {known}
        </span>
      </NavLink>
      <NavLink href="/models" icon={Box} label="Models" />
      <NavLink href="/settings" pattern="/settings/*?" icon={SlidersHorizontal} label="Settings" />
      <EngineFoot />
    </div>
  )
}
