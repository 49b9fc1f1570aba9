import type { ReactElement, RefObject } from 'react'
import { Virtualizer } from 'virtua'

type Props = {
  readonly rows: readonly unknown[]
  /** The row at an index; asked only for rows near the view. */
  readonly draw: (index: number) => ReactElement
  readonly scrollRef: RefObject<HTMLElement | null>
  /** The row that Tab reaches: it is drawn wherever the view is. */
  readonly tabStop: number
  /** Height of what stands above the rows in the same scrolling box. */
  readonly startMargin?: number
}

/** Rows of which only those near the view are made and drawn. */
export function LongList({ rows, draw, scrollRef, tabStop, startMargin = 0 }: Props) {
  return (
    <Virtualizer
      scrollRef={scrollRef}
      bufferSize={400}
      startMargin={startMargin}
      keepMounted={tabStop === -1 ? [] : [tabStop]}
      data={rows}
    >
      {(_, index) => draw(index)}
    </Virtualizer>
  )
}
