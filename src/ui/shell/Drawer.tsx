import { useLayoutEffect, useRef } from 'react'
import { Rail } from './Rail.tsx'
import { setDrawerOpen } from './shell-state.ts'

/** The rail on a phone: over the page, modal, closed by Escape or a tap beside it. */
export function Drawer() {
  const element = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a tap on the backdrop does.
    <dialog
      ref={element}
      aria-label="Menu"
      onCancel={(event) => {
        event.preventDefault()
        setDrawerOpen(false)
      }}
      onClick={(event) => event.target === element.current && setDrawerOpen(false)}
      className="m-0 h-dvh max-h-none w-76 max-w-[86vw] bg-rail p-0 text-ink shadow-pop backdrop:bg-[rgb(15_18_17/0.5)]"
    >
      <Rail drawer />
    </dialog>
  )
}
