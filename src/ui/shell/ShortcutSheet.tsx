import { Dialog } from '#ui/kit/Dialog.tsx'
import { openDialog } from './shell-state.ts'

const groups = [
  {
    title: 'Anywhere',
    keys: [
      ['Ctrl ⇧ O', 'New chat'],
      ['Ctrl K', 'Search'],
      ['Ctrl B', 'Show or hide conversations'],
      ['Ctrl I', 'Open or close the receipt'],
      ['/', 'Go to the message field'],
      ['Esc', 'Stop the reply, or close what is open'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'In the message field',
    keys: [
      ['Enter', 'Send (see Settings)'],
      ['⇧ Enter', 'New line'],
      ['↑', 'Edit your last message, when the field is empty'],
    ],
  },
  {
    title: 'On a message',
    keys: [
      ['↑ ↓', 'Previous, next message'],
      ['Home End', 'First, last message shown'],
      ['← →', 'Previous, next version'],
      ['C', 'Copy'],
      ['R', 'Regenerate the reply'],
      ['E', 'Edit your message'],
      ['I', 'Receipt of the reply'],
    ],
  },
  {
    title: 'Window bar and lists',
    keys: [
      ['← →', 'Walk the sections of the window, move a border, scrub the tape'],
      ['Enter', 'Open the section in the plan or receipt'],
      ['↑ ↓', 'Walk the conversations'],
      ['F2', 'Rename the conversation'],
      ['Del', 'Delete it, with undo'],
    ],
  },
] as const

/** All keys on one sheet. */
export function ShortcutSheet() {
  return (
    <Dialog title="Keyboard" wide onClose={() => openDialog(undefined)}>
      <div className="grid grid-cols-2 gap-x-10 gap-y-5 pt-2 pb-3 phone:grid-cols-1">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-xs text-ink-3">{group.title}</h3>
            <dl>
              {group.keys.map(([keys, what]) => (
                <div
                  key={keys}
                  className="flex items-baseline justify-between gap-4 border-b border-line py-1.25 text-sm last:border-0"
                >
                  <dt className="order-2 num whitespace-nowrap text-ink-2">{keys}</dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
