import type { ReactElement, RefObject } from 'react'
import { Virtualizer } from 'virtua'

type Props = { readonly rows: readonly ReactElement[]; readonly scrollRef: RefObject<HTMLElement | null> }

/** Rows of which only those near the view are drawn. */
export function LongList({ rows, scrollRef }: Props) {
  return (
    <Virtualizer scrollRef={scrollRef} bufferSize={400}>
      {[...rows]}
    </Virtualizer>
  )
}
