import type { PromptRun } from './prompt-runs.ts'

/** A stretch of a run of the prompt: `begins` where a token begins with it, and not only goes on from the run before. */
export type TokenRun = { readonly text: string; readonly begins: boolean; readonly tokens: number }

/**
 * Cuts the runs of one prompt part where its tokens begin, `lengths` characters each. A token that reaches over the border
 * of a run is shown on both sides of it and begins once.
 */
export function tokenRuns(
  runs: readonly PromptRun[],
  pieces: readonly { readonly text: string; readonly tokens: number }[],
): readonly (readonly TokenRun[])[] {
  let at = 0
  let within = 0
  return runs.map(({ text }) => {
    const cut: TokenRun[] = []
    for (let done = 0; done < text.length; ) {
      const piece = pieces[at]
      const left = piece ? piece.text.length - within : text.length - done
      const length = Math.min(left, text.length - done)
      cut.push({ text: text.slice(done, done + length), begins: within === 0, tokens: piece?.tokens ?? 0 })
      done += length
      within += length
      if (piece && within === piece.text.length) {
        at++
        within = 0
      }
    }
    return cut
  })
}
