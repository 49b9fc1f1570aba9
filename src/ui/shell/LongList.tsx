import type { ReactElement, RefObject } from 'react'
import { Virtualizer } from 'virtua'

type Props = {
  readonly rows: readonly ReactElement[]
  readonly scrollRef: RefObject<HTMLElement | null>
  /** The row that Tab reaches: it is drawn wherever the view is. */
  readonly tabStop: number
}

/** Rows of which only those near the view are drawn. */
export function LongList({ rows, scrollRef, tabStop }: Props) {
  return (
    <Virtualizer scrollRef={scrollRef} bufferSize={400} keepMounted={tabStop === -1 ? [] : [tabStop]}>
      {[...rows]}
    </Virtualizer>
  )
}
