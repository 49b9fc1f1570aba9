/** Deepest quote or list that is drawn; a repeating model writes thousands, which freezes any Markdown parser. */
export const maxNesting = 50

const fence = /^ {0,3}(`{3,}|~{3,})/
const marker = /[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/y

/**
 * Markdown in which no line opens more than `maxNesting` quotes and lists: markers beyond are dropped, and so is
 * indentation that no list of that depth has. Code between fences is left alone.
 */
export function capNesting(markdown: string): string {
  if (!hasDeepLine(markdown)) return markdown
  let open: string | undefined
  return markdown
    .split('\n')
    .map((line) => {
      const mark = fence.exec(line)?.[1]
      if (open) {
        if (mark?.startsWith(open) && line.trim() === mark) open = undefined
        return line
      }
      if (mark) {
        open = mark
        return line
      }
      return capLine(line)
    })
    .join('\n')
}

function hasDeepLine(markdown: string): boolean {
  return /(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){51}|^[ \t]{201}/m.test(markdown)
}

function capLine(line: string): string {
  const indented = line.replace(/^[ \t]{201,}/, ' '.repeat(200))
  let end = 0
  let kept = 0
  for (let count = 1; ; count++) {
    marker.lastIndex = end
    if (!marker.test(indented)) break
    end = marker.lastIndex
    if (count === maxNesting) kept = end
  }
  return kept > 0 && end > kept ? indented.slice(0, kept) + indented.slice(end) : indented
}
