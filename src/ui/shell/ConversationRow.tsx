import clsx from 'clsx'
import { Download, Ellipsis, FileJson, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { type KeyboardEvent, memo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Conversation } from '#chat/conversation.ts'
import type { ConversationId } from '#shared/ids.ts'
import { forgetDraft } from '#ui/chat/drafts.ts'
import { conversationPath } from '#ui/kit/links.ts'
import { Menu } from '#ui/kit/Menu.tsx'
import { MenuButton } from '#ui/kit/MenuButton.tsx'
import { saveFile } from '#ui/kit/save-file.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { RenameField } from './RenameField.tsx'
import { setDrawerOpen } from './shell-state.ts'

type Props = { readonly conversation: Conversation; readonly current: boolean; readonly tabStop: boolean }

/** A conversation in the rail. Enter opens it, F2 renames, Delete deletes (with undo), the menu does all three. */
export const ConversationRow = memo(function ConversationRow({ conversation, current, tabStop }: Props) {
  const actions = useActions()
  const [, navigate] = useLocation()
  const [renaming, setRenaming] = useState(false)
  const { id, title, pinned } = conversation

  function remove() {
    void actions.deleteConversation(id)
    forgetDraft(id)
    // The notice with the way back lies under the drawer.
    setDrawerOpen(false)
    if (current) navigate('/')
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'F2') setRenaming(true)
    else if (event.key === 'Delete') remove()
    else return
    event.preventDefault()
  }

  if (renaming) {
    return (
      <RenameField
        title={title}
        onDone={(next, byKey) => {
          setRenaming(false)
          if (byKey) requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus())
          if (next && next !== title) void actions.rename(id, next)
        }}
      />
    )
  }
  return (
    <div className="group relative">
      <Link
        href={conversationPath(id)}
        aria-current={current ? 'page' : undefined}
        tabIndex={tabStop ? 0 : -1}
        data-row={id}
        onKeyDown={onKeyDown}
        onDoubleClick={() => setRenaming(true)}
        onClick={() => setDrawerOpen(false)}
        className={clsx(
          'block touch:min-h-11 truncate rounded-md py-1.25 pr-8 pl-2 text-sm touch:leading-8.5 hover:bg-sunk',
          current
            ? 'bg-raised font-semibold text-ink before:absolute before:inset-y-1.75 before:left-0 before:w-0.5 before:bg-accent'
            : 'text-ink-2',
        )}
      >
        {title}
      </Link>
      <Menu
        label={`Actions for ${title}`}
        trigger={
          <MenuButton
            icon={Ellipsis}
            label={`More about ${title}`}
            tabIndex={tabStop ? 0 : -1}
            className="absolute top-0.5 right-0.5 opacity-0 touch:top-0 touch:right-0 touch:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 aria-expanded:opacity-100"
          />
        }
        items={[
          { label: 'Rename', icon: Pencil, keys: 'F2', run: () => setRenaming(true) },
          { label: pinned ? 'Unpin' : 'Pin', icon: pinned ? PinOff : Pin, run: () => void actions.setPinned(id, !pinned) },
          { label: 'Save as Markdown', icon: Download, run: () => void save('markdown', 'md') },
          { label: 'Save as JSON', icon: FileJson, run: () => void save('json', 'json') },
          { label: 'Delete', icon: Trash2, keys: 'Del', tone: 'bad', run: remove },
        ]}
      />
    </div>
  )

  async function save(format: 'markdown' | 'json', extension: string) {
    const blob = await actions.exportConversation(id as ConversationId, format)
    if (blob) saveFile(blob, `${title.replace(/[\\/:*?"<>|]/g, ' ').trim() || 'conversation'}.${extension}`)
  }
})
