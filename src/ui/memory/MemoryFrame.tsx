import { type ReactNode, useEffect, useRef } from 'react'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'

/** The right side of the memory page: a column, floating over a narrower window, a sheet from below on a phone. */
export function MemoryFrame({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  const phone = useMedia(phoneQuery)
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    if (phone) frame.current?.focus()
  }, [phone])
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) onClose()
    }
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [onClose])
  return (
    <>
      {phone && (
        <button
          type="button"
          aria-label="Close the memory"
          tabIndex={-1}
          onClick={onClose}
          className="fixed inset-0 z-20 bg-[rgb(15_18_17/0.5)]"
        />
      )}
      <aside
        ref={frame}
        aria-label="Memory"
        tabIndex={-1}
        className="flex min-h-0 w-panel max-w-full flex-none flex-col bg-rail outline-none floating:fixed floating:inset-y-0 floating:right-0 floating:z-20 floating:animate-[slide-in_150ms_var(--ease-out)] floating:shadow-pop phone:inset-x-0 phone:top-auto phone:bottom-0 phone:h-9/10 phone:w-auto phone:animate-[slide-up_150ms_var(--ease-out)] phone:rounded-t-sheet motion-reduce:animate-none!"
      >
        <div aria-hidden="true" className="mx-auto mt-2 -mb-1 hidden h-1 w-9 flex-none rounded-full bg-edge phone:block" />
        {children}
      </aside>
    </>
  )
}
