import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { placeBeside } from './place-beside.ts'

type Props = {
  readonly text?: ReactNode
  readonly keys?: string | undefined
  /** Wide, for more than a name. */
  readonly rich?: boolean
  readonly children: ReactNode
}

const delayMs = 400

/**
 * Words beside a control on hover and on keyboard focus; Escape hides them. The control must have its own accessible
 * name: the tooltip adds nothing for screen readers. It lies in the top layer, so no scrolling box cuts it.
 */
export function Tooltip({ text, keys, rich = false, children }: Props) {
  const id = useId()
  const anchor = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [open, setOpen] = useState(false)
  const hide = () => {
    clearTimeout(timer.current)
    setOpen(false)
  }
  const show = (wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(true), wait)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the control inside it.
    <span
      ref={anchor}
      className="contents"
      onPointerEnter={(event) => event.pointerType === 'mouse' && show(rich ? 60 : delayMs)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(':focus-visible') && show(rich ? 0 : delayMs)}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {open && text !== undefined && (
        <TooltipBox id={id} anchor={anchor} rich={rich}>
          {text}
          {keys && <kbd className="ml-2 text-ink-3">{keys}</kbd>}
        </TooltipBox>
      )}
    </span>
  )
}

type BoxProps = {
  readonly id: string
  readonly anchor: React.RefObject<HTMLSpanElement | null>
  readonly rich: boolean
  readonly children: ReactNode
}

function TooltipBox({ id, anchor, rich, children }: BoxProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const control = anchor.current?.firstElementChild
    const element = box.current
    if (!control || !element) return
    element.showPopover()
    const placed = placeBeside(
      control.getBoundingClientRect(),
      element.getBoundingClientRect(),
      { width: innerWidth, height: innerHeight },
      { side: rich ? 'above' : 'below', align: 'center', gap: rich ? 12 : 6 },
    )
    element.style.left = `${placed.left}px`
    element.style.top = `${placed.top}px`
    return () => element.hidePopover()
  }, [anchor, rich])
  return (
    <div
      ref={box}
      id={id}
      role="tooltip"
      popover="manual"
      className={
        rich
          ? 'w-75 rounded-lg bg-raised px-3.5 py-3 text-left text-xs text-ink-2 shadow-pop'
          : 'rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-pop'
      }
    >
      {children}
    </div>
  )
}
