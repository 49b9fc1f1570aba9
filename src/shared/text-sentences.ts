/** A stretch of a text, UTF-16 offsets. */
export type TextRange = { readonly from: number; readonly to: number }

const abbreviation = /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|vs|approx|e\.g|i\.e|u\.s|[a-hj-z])\.$/i
const listNumber = /^\s*\(?\d{1,3}[.)]$/
const boundary = /[.!?…]+["'”’)\]*_]*(?=\s|$)|[。！？]+[」』”]*|\n+/gu

/**
 * The sentences of a text as exact, trimmed, disjoint ranges in order; only whitespace lies between them. A sentence
 * longer than `longest` characters is cut at a space, so that a text without punctuation still gives pieces.
 */
export function splitSentences(text: string, longest = 400): TextRange[] {
  const ranges: TextRange[] = []
  let from = 0
  for (const match of text.matchAll(boundary)) {
    const end = match.index + match[0].length
    if (match[0].startsWith('\n')) {
      add(text, from, match.index, longest, ranges)
      from = end
    } else if (!isInside(text, from, end)) {
      add(text, from, end, longest, ranges)
      from = end
    }
  }
  add(text, from, text.length, longest, ranges)
  return ranges
}

/** Whether a full stop belongs to an abbreviation, a list number, or stands before a small letter. */
function isInside(text: string, from: number, end: number): boolean {
  if (text[end - 1] !== '.') return false
  const piece = text.slice(Math.max(from, end - 40), end)
  if (abbreviation.test(piece) || listNumber.test(text.slice(from, end))) return true
  return /^\s+\p{Ll}/u.test(text.slice(end, end + 8))
}

function add(text: string, from: number, to: number, longest: number, ranges: TextRange[]): void {
  let start = from
  let end = to
  while (start < end && isSpace(text, start)) start++
  while (end > start && isSpace(text, end - 1)) end--
  if (start === end) return
  if (end - start <= longest) {
    ranges.push({ from: start, to: end })
    return
  }
  const cut = cutBefore(text, start, start + longest)
  add(text, start, cut, longest, ranges)
  add(text, cut, end, longest, ranges)
}

/** The last space before `limit`, or `limit` itself, never inside a surrogate pair. */
function cutBefore(text: string, from: number, limit: number): number {
  for (let at = limit; at > from + (limit - from) / 2; at--) if (isSpace(text, at)) return at
  const code = text.charCodeAt(limit)
  return code >= 0xdc00 && code <= 0xdfff ? limit - 1 : limit
}

function isSpace(text: string, at: number): boolean {
  return /\s/u.test(text[at] ?? '')
}
