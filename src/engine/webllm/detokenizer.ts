/** Stands for bytes that are no character, or not yet: a character may take several tokens. */
const REPLACEMENT = '\uFFFD'

/**
 * Turns tokens into text as they come. A delta never ends within a character; bytes that never become one are shown as
 * U+FFFD. Decoding looks back a few tokens, because some tokenizers join words depending on what stands before.
 */
export function createDetokenizer(decode: (ids: readonly number[]) => string) {
  const ids: number[] = []
  /** Text of the tokens before `done` was given out whole; those before `start` no longer matter. */
  let start = 0
  let done = 0
  /** Characters given out of the tokens from `done` on. */
  let given = 0
  const fresh = () => decode(ids.slice(start)).slice(decode(ids.slice(start, done)).length)
  return {
    /** The text that this token completes; empty while a character is incomplete. */
    push(id: number): string {
      ids.push(id)
      const text = fresh()
      const isOpen = text === '' || text.endsWith(REPLACEMENT)
      // An unfinished character is one U+FFFD at the end, whatever came before it.
      const sure = isOpen ? text.slice(0, -1) : text
      const delta = sure.slice(given)
      given = sure.length
      if (!isOpen) {
        start = done
        done = ids.length
        given = 0
      }
      return delta
    },
    /** True while tokens wait to become text. */
    isWaiting: () => done < ids.length,
    /** What is left at the end. */
    flush(): string {
      const rest = fresh().slice(given)
      start = done = ids.length
      given = 0
      return rest
    },
  }
}
