import type { KeyboardEvent } from 'react'

/**
 * Arrow keys between the rows of a list: elements marked `data-row` inside the one that listens. Up, Down, Home and End
 * move; Right opens and Left closes a row that can (`aria-expanded`), as in a tree. Tab order is left as it is.
 */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.indexOf(event.target as HTMLElement)
  const row = rows[at]
  if (!row) return
  const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }
  const target = targets[event.key]
  const expanded = row.getAttribute('aria-expanded')
  if (target !== undefined) rows[Math.min(rows.length - 1, Math.max(0, target))]?.focus()
  else if ((event.key === 'ArrowRight' && expanded === 'false') || (event.key === 'ArrowLeft' && expanded === 'true')) row.click()
  else return
  event.preventDefault()
}
