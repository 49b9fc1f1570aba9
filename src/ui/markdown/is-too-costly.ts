const maxLength = 60_000
/** Characters that open a construct which a parser must try to close against all that follows. */
const openers = /[*_[\]`~<!$]/g
const maxOpeners = 3_000

/**
 * Whether parsing a block might freeze the page: such a block is shown as plain text. Nested emphasis and brackets cost
 * the square of their number (4,000 pairs take about a second); code between fences is not parsed and never too costly.
 */
export function isTooCostly(block: string): boolean {
  if (/^ {0,3}(`{3,}|~{3,})/.test(block)) return block.length > maxLength * 10
  if (block.length > maxLength) return true
  return (block.match(openers)?.length ?? 0) > maxOpeners
}
