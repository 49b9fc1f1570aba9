/** Length of the longest end of a text that begins `mark`, and may become it when the text goes on; 0 where none does. */
export function begunAtEnd(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length--)
    if (text.endsWith(mark.slice(0, length))) return length
  return 0
}
