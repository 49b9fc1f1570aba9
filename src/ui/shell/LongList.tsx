import type { ReactElement, RefObject } from 'react'
import { Virtualizer } from 'virtua'

type Props = {
  readonly rows: readonly unknown[]
  /** The row at an index; asked only for rows near the view. */
  readonly draw: (index: number) => ReactElement
  readonly scrollRef: RefObject<HTMLElement | null>
  /** The row that Tab reaches: it is drawn wherever the view is. */
  readonly tabStop: number
}

/** Rows of which only those near the view are made and drawn. */
export function LongList({ rows, draw, scrollRef, tabStop }: Props) {
  return (
    <Virtualizer scrollRef={scrollRef} bufferSize={400} keepMounted={tabStop === -1 ? [] : [tabStop]} data={rows}>
      {(_, index) => draw(index)}
    </Virtualizer>
  )
}
