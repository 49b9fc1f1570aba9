import { type KeyboardEvent, type RefObject, useCallback } from 'react'

/** After so long what a jump brought into view is drawn. */
const scrolledMs = 60

/**
 * Arrow keys, Home and End between the rows of a list that draws only what is near the view: elements marked `data-row`
 * inside `list`, of which one is a tab stop. `scroller` is what scrolls them.
 */
export function useRowWalk(list: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>, drawnWhole: boolean) {
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return
      const drawn = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
      const at = drawn().indexOf(event.target)
      const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Number.POSITIVE_INFINITY }[event.key]
      if (target === undefined) return
      event.preventDefault()
      // A long list draws its ends only when they are in view.
      if (event.key === 'Home') scroller.current?.scrollTo({ top: 0 })
      if (event.key === 'End') scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
      const focus = () => {
        const rows = drawn()
        rows[Math.max(0, Math.min(rows.length - 1, target))]?.focus()
      }
      if (event.key.startsWith('Arrow') || drawnWhole) focus()
      else setTimeout(focus, scrolledMs)
    },
    [list, scroller, drawnWhole],
  )
}
