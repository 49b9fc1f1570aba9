import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { cloneElement, type KeyboardEvent, type ReactElement, useId, useRef } from 'react'
import { Icon } from './Icon.tsx'
import { placeBeside } from './place-beside.ts'

export type MenuItem = {
  readonly label: string
  readonly icon?: LucideIcon
  readonly keys?: string
  readonly tone?: 'bad'
  readonly disabled?: boolean
  readonly run: () => void
}

type TriggerProps = { 'aria-haspopup': 'menu'; 'aria-controls': string; popoverTarget: string }

type Props = {
  /** Names the menu. */
  readonly label: string
  readonly items: readonly MenuItem[]
  /** A button; it gets the attributes that open the menu. */
  readonly trigger: ReactElement<Partial<TriggerProps>>
  readonly align?: 'start' | 'end'
}

/** A menu button after the ARIA pattern: arrows, Home, End and first letters walk, Escape and a click outside close. */
export function Menu({ label, items, trigger, align = 'end' }: Props) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const buttons = () => [...(list.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]

  function onToggle(open: boolean) {
    const element = list.current
    const anchor = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)
    if (!open || !element || !anchor) return
    const placed = placeBeside(
      anchor.getBoundingClientRect(),
      element.getBoundingClientRect(),
      { width: innerWidth, height: innerHeight },
      { side: 'below', align, gap: 4 },
    )
    element.style.left = `${placed.left}px`
    element.style.top = `${placed.top}px`
    element.style.visibility = 'visible'
    buttons()[0]?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    const all = buttons()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }
    const target = moves[event.key]
    if (target !== undefined) all[target % all.length]?.focus()
    else if (event.key === 'Tab') list.current?.hidePopover()
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
      const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      rest.find((button) => button.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus()
    } else return
    event.stopPropagation()
    if (event.key !== 'Tab') event.preventDefault()
  }

  return (
    <>
      {cloneElement(trigger, { 'aria-haspopup': 'menu', 'aria-controls': id, popoverTarget: id })}
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onBeforeToggle={(event) => {
          // It is placed once it has a size; until then it would flash in the corner.
          if (event.newState === 'open' && list.current) list.current.style.visibility = 'hidden'
        }}
        onToggle={(event) => onToggle(event.newState === 'open')}
        onKeyDown={onKeyDown}
        className="min-w-44 rounded-lg bg-raised p-1 text-ink shadow-pop"
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            disabled={item.disabled}
            onClick={() => {
              list.current?.hidePopover()
              item.run()
            }}
            className={clsx(
              'flex touch:min-h-11 min-h-8 w-full cursor-pointer items-center gap-2.5 rounded-md px-2 text-left text-sm hover:bg-sunk focus-visible:bg-sunk focus-visible:outline-offset-[-2px] disabled:cursor-default disabled:text-ink-3',
              item.tone === 'bad' && 'text-bad',
            )}
          >
            {item.icon && <Icon of={item.icon} className={item.tone === 'bad' ? '' : 'text-ink-2'} />}
            <span className="flex-1">{item.label}</span>
            {item.keys && <kbd className="touch:hidden">{item.keys}</kbd>}
          </button>
        ))}
      </div>
    </>
  )
}
