/** Stands for bytes that are no character, or not yet: a character may take several tokens. */
const REPLACEMENT = '\uFFFD'

/** No character has more than four bytes; what is broken for longer stays broken. */
const LONGEST_WAIT = 4

/**
 * Turns tokens into text as they come. A delta never ends within a character; bytes that never become one are shown as
 * U+FFFD. Decoding looks back a few tokens, because some tokenizers join words depending on what stands before.
 */
export function createDetokenizer(decode: (ids: readonly number[]) => string) {
  const ids: number[] = []
  /** Tokens from `start` up to `done` have been given out; those before `start` no longer matter. */
  let start = 0
  let done = 0
  const fresh = () => decode(ids.slice(start)).slice(decode(ids.slice(start, done)).length)
  const accept = (text: string) => {
    start = done
    done = ids.length
    return text
  }
  return {
    /** The text that this token completes; empty while a character is incomplete. */
    push(id: number): string {
      ids.push(id)
      const text = fresh()
      if (text === '' || (text.endsWith(REPLACEMENT) && ids.length - done < LONGEST_WAIT)) return ''
      return accept(text)
    },
    /** True while tokens wait to become text. */
    isWaiting: () => done < ids.length,
    /** What is left at the end. */
    flush: () => (done < ids.length ? accept(fresh()) : ''),
  }
}
