/** A word of a text: its search form (no case, no accents) and where it stands (UTF-16 offsets). */
export type Word = { readonly text: string; readonly from: number; readonly to: number }

// Letters, marks and digits of any script; apostrophes separate, so that "l'été" is found by "ete" and "don't" is "don" "t".
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
const asciiWordPattern = /[A-Za-z0-9]+/g
const unspacedPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const marks = /\p{M}+/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
const ascii = /^[\x00-\x7f]*$/

/** The form in which words are compared: lower case, without accents, compatibility forms unified. */
function searchForm(word: string): string {
  return ascii.test(word) ? word.toLowerCase() : word.normalize('NFKD').replace(marks, '').toLowerCase().normalize('NFC')
}

/**
 * The words of a text in order. Scripts written without spaces give overlapping pairs of characters, and the last
 * character of a run by itself, so that every character begins some word (`forQuery` leaves that one out).
 */
export function words(text: string, forQuery = false): Word[] {
  const found: Word[] = []
  if (ascii.test(text)) {
    const lower = text.toLowerCase()
    for (const { 0: run, index } of lower.matchAll(asciiWordPattern))
      found.push({ text: run, from: index, to: index + run.length })
    return found
  }
  for (const match of text.matchAll(wordPattern)) {
    const run = match[0]
    if (ascii.test(run)) found.push({ text: run.toLowerCase(), from: match.index, to: match.index + run.length })
    else if (unspaced.test(run)) splitUnspaced(run, match.index, forQuery, found)
    else push(found, run, match.index)
  }
  return found
}

function push(found: Word[], run: string, from: number): void {
  const form = searchForm(run)
  if (form !== '') found.push({ text: form, from, to: from + run.length })
}

function splitUnspaced(run: string, offset: number, forQuery: boolean, found: Word[]): void {
  let done = 0
  for (const match of run.matchAll(unspacedPattern)) {
    if (match.index > done) push(found, run.slice(done, match.index), offset + done)
    pairs(match[0], offset + match.index, forQuery, found)
    done = match.index + match[0].length
  }
  if (done < run.length) push(found, run.slice(done), offset + done)
}

function pairs(run: string, offset: number, forQuery: boolean, found: Word[]): void {
  const characters = Array.from(run)
  let from = offset
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1]
    if (next !== undefined || !forQuery || characters.length === 1) {
      const piece = character + (next ?? '')
      found.push({ text: piece.normalize('NFKC'), from, to: from + piece.length })
    }
    from += character.length
  }
}
