import { runsOf } from '#context/selective/cut-text.ts'
import type { TextRange } from '#shared/text-sentences.ts'

/** A text with what is left out of it struck through. */
export function StruckText({ text, cuts }: { readonly text: string; readonly cuts: readonly TextRange[] }) {
  return runsOf(text, cuts).map((run, index) =>
    run.out ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs of a text have no other name.
      <del key={index} className="text-ink-3 decoration-ink-3">
        {run.text}
      </del>
    ) : (
      run.text
    ),
  )
}
