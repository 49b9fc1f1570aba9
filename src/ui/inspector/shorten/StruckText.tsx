import { Fragment } from 'react'
import { runsOf } from '#context/selective/cut-text.ts'
import type { TextRange } from '#shared/text-sentences.ts'

/** A text with what is left out of it struck through. */
export function StruckText({ text, cuts }: { readonly text: string; readonly cuts: readonly TextRange[] }) {
  return runsOf(text, cuts).map((run, index) => {
    if (!run.out) return run.text
    const words = run.text.trim()
    const at = run.text.indexOf(words)
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs of a text have no other name.
      <Fragment key={index}>
        {run.text.slice(0, at)}
        <del className="text-ink-3">{words}</del>
        {run.text.slice(at + words.length)}
      </Fragment>
    )
  })
}
