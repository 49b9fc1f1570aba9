import type { TextRange } from '#shared/text-sentences.ts'

/** A text without some places of it, which are in order and disjoint. */
export function cutText(text: string, cuts: readonly TextRange[]): string {
  let kept = ''
  let at = 0
  for (const { from, to } of cuts) {
    kept += text.slice(at, from)
    at = to
  }
  return kept + text.slice(at)
}

/** A stretch of a text that is kept or left out. */
export type TextRun = { readonly text: string; readonly out: boolean }

/** A text in the stretches that cuts make of it: joined, they are the text. */
export function runsOf(text: string, cuts: readonly TextRange[]): readonly TextRun[] {
  const runs: TextRun[] = []
  let at = 0
  for (const { from, to } of cuts) {
    runs.push({ text: text.slice(at, from), out: false }, { text: text.slice(from, to), out: true })
    at = to
  }
  return [...runs, { text: text.slice(at), out: false }].filter((run) => run.text !== '')
}
