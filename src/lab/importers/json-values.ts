/** Longest value that is held: more than any conversation needs, and a limit to what a hostile file can make us hold. */
const longestValue = 256 * 1024 * 1024

export type JsonValues = {
  /** The values that were completed by this piece of the text. Throws RangeError where one is longer than can be held. */
  push(text: string): readonly string[]
  /** What is left at the end of the text, beginning with an unfinished value; empty where nothing is. */
  rest(): string
}

/**
 * Cuts a stream of JSON into values that can be parsed one by one, so that a file never has to be held as a whole and a bad
 * value does not spoil the others: the elements of an array at the top, or each value of several at the top. What it cuts is
 * not checked.
 */
export function jsonValues(): JsonValues {
  /** Brackets open around the present place, the array at the top left out. */
  let depth = 0
  let inArray = false
  let inText = false
  let escaped = false
  let begun = false
  let parts: string[] = []
  let held = 0

  function push(text: string): readonly string[] {
    const values: string[] = []
    let from = begun ? 0 : -1
    const end = (to: number) => {
      if (from < 0) return
      parts.push(text.slice(from, to))
      const value = parts.join('').trim()
      if (value !== '') values.push(value)
      parts = []
      held = 0
      begun = false
      from = -1
    }
    const begin = (index: number) => {
      if (from < 0) from = index
      begun = true
    }
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (inText) {
        if (escaped) escaped = false
        else if (code === 92) escaped = true
        else if (code === 34) inText = false
        continue
      }
      switch (code) {
        case 34: // "
          begin(index)
          inText = true
          break
        case 91: // [
        case 123: // {
          if (code === 91 && depth === 0 && !inArray && !begun) inArray = true
          else {
            begin(index)
            depth++
          }
          break
        case 93: // ]
        case 125: // }
          if (depth === 0) {
            end(index)
            inArray = false
          } else if (--depth === 0) end(index + 1)
          break
        case 44: // ,
          if (depth === 0) end(index)
          break
        case 10: // newline
          if (depth === 0 && !inArray) end(index)
          break
        case 9:
        case 13:
        case 32:
          break
        default:
          begin(index)
      }
    }
    if (from >= 0) {
      parts.push(text.slice(from))
      held += text.length - from
      if (held > longestValue) throw new RangeError('A value in the file is longer than can be read.')
    }
    return values
  }

  return { push, rest: () => parts.join('').trim() }
}

/** Cuts a stream of text into lines that hold something, for files with one value a line. */
export function textLines(): JsonValues {
  let last = ''
  return {
    push(text) {
      const lines = (last + text).split('\n')
      last = lines.pop() ?? ''
      if (last.length > longestValue) throw new RangeError('A line of the file is longer than can be read.')
      return lines
    },
    rest: () => last,
  }
}
