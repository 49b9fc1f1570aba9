import clsx from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { IconButton } from './IconButton.tsx'

type Props = {
  readonly title: string
  /** A line under the title. */
  readonly lead?: ReactNode
  readonly onClose: () => void
  readonly children?: ReactNode
  /** Buttons, main one last. */
  readonly foot?: ReactNode
  readonly wide?: boolean
  /** The title is for screen readers only and there is no close button, as in search. */
  readonly bare?: boolean
}

/**
 * A modal dialog, mounted while it is open. The browser's own element: it keeps focus inside, gives it back, closes on
 * Escape and needs no style element, which the page's policy forbids.
 */
export function Dialog({ title, lead, onClose, children, foot, wide = false, bare = false }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    // Where nothing in it asked for the focus, the dialog itself takes it: its title is read first, and no button looks pressed.
    if (dialog && !dialog.querySelector('input:focus, textarea:focus')) dialog.focus()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a click on the backdrop does.
    <dialog
      ref={element}
      aria-labelledby={titleId}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === element.current && onClose()}
      className={clsx(
        'm-auto max-h-[92dvh] w-[calc(100vw-2rem)] overflow-hidden rounded-lg bg-paper p-0 text-ink shadow-pop outline-none backdrop:bg-[rgb(15_18_17/0.5)]',
        wide ? 'max-w-176' : 'max-w-136',
        bare && 'mt-[12dvh]',
      )}
    >
      <div className={clsx('flex max-h-[92dvh] flex-col', bare ? '' : 'px-6 pt-5 pb-4.5')}>
        <div className={bare ? 'sr-only' : 'flex items-start gap-2'}>
          <div className="min-w-0 flex-1">
            <h2 id={titleId} className="text-lg font-semibold">
              {title}
            </h2>
            {lead && <p className="mt-1 text-ink-2">{lead}</p>}
          </div>
          {!bare && <IconButton icon={X} label="Close" onClick={onClose} className="-mt-1 -mr-2" />}
        </div>
        <div className={clsx('min-h-0 overflow-auto', !bare && '-mx-6 px-6 py-1')}>{children}</div>
        {foot && <div className="mt-3.5 flex flex-wrap justify-end gap-2 phone:flex-col phone:items-stretch">{foot}</div>}
      </div>
    </dialog>
  )
}
