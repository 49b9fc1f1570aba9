import { stem } from '#shared/text-stem.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'

/** A word of a claim, in the form in which claims are compared. */
export type Token = { readonly text: string; readonly content: boolean }

/** A claim longer than this says more than one thing, and no part of it is taken for its value. */
const longestClaim = 24
const longestValue = 4

// Closed classes of English grammar. Whatever language a text is in, the rules below that need none of them still hold.
const articles = new Set(['a', 'an', 'the'])
const copulas = new Set(['am', 'is', 'are', 'was', 'were', 'be', 'been'])
const prepositions = new Set(['in', 'at', 'on', 'from', 'as', 'by', 'for', 'with', 'under'])
const negations = new Set(['not', 'no', 'never', 'cannot', 'nor', 'neither', 'without', 't'])
const hasDigit = /\p{N}/u

/** The words of a text; a word of grammar as it is, any other as its stem. */
export function tokensOf(text: string): readonly Token[] {
  return words(text).map(({ text: word }) => {
    const content = !stopWords.has(word) && !negations.has(word)
    return { text: content ? stem(word) : word, content }
  })
}

/** What a text says apart from its grammar, and whether it says so or denies it; undefined where only grammar is left. */
export function statementOf(tokens: readonly Token[]): { readonly content: string; readonly denied: boolean } | undefined {
  const content = tokens.filter((token) => token.content).map(({ text }) => text)
  if (content.length === 0) return undefined
  const denials = tokens.filter(({ text }, index) => negations.has(text) && (text !== 't' || index > 0)).length
  return { content: content.join(' '), denied: denials % 2 === 1 }
}

/**
 * A claim seen as a question with its answer: "move budget is _" with "2 400". `type`: whether the
 * answer is a number, the value of a named slot, or words, which may as well be one of a list.
 */
export type Frame = { readonly key: string; readonly value: readonly Token[]; readonly type: 'words' | 'number' | 'slot' }

/**
 * Every frame of a claim. A value is up to four words long and stands after a preposition or a copula, or holds a number;
 * what stands before it must name what the claim is about, so that claims about different things never share a frame.
 */
export function framesOf(tokens: readonly Token[]): readonly Frame[] {
  const { length } = tokens
  if (length > longestClaim) return []
  const frames: Frame[] = []
  const contents = tokens.reduce((sum, { content }) => sum + Number(content), 0)
  const tails = tailsOf(tokens)
  let head = ''
  let headContents = 0
  let lead: string | undefined
  for (let from = 1; from < length; from++) {
    const last = tokens[from - 1]
    if (last && !articles.has(last.text)) {
      head += `${last.text} `
      headContents += Number(last.content)
      lead = last.text
    }
    if (headContents === 0) continue
    const follows = prepositions.has(lead ?? '')
    const equals = copulas.has(lead ?? '')
    let numeric = false
    let valueContents = 0
    for (let to = from + 1; to <= Math.min(length, from + longestValue); to++) {
      const added = tokens[to - 1]
      numeric ||= added !== undefined && hasDigit.test(added.text)
      valueContents += Number(added?.content)
      const asks = numeric || follows || (equals && contents - valueContents >= 2)
      if (!asks || valueContents === 0 || length - to + from < to - from) continue
      frames.push({ key: `${head}_${tails[to] ?? ''}`, value: tokens.slice(from, to), type: numeric ? 'number' : 'words' })
    }
  }
  return frames
}

/** For every place the words from there on, each with a space before it, without articles. */
function tailsOf(tokens: readonly Token[]): readonly string[] {
  const tails = new Array<string>(tokens.length + 1).fill('')
  for (let place = tokens.length - 1; place >= 0; place--) {
    const { text } = tokens[place] ?? { text: '' }
    tails[place] = articles.has(text) ? (tails[place + 1] ?? '') : ` ${text}${tails[place + 1] ?? ''}`
  }
  return tails
}

/** The frame of a slot, "name: value"; undefined for any other text. */
export function slotFrame(text: string): Frame | undefined {
  const [, name, value] = /^\s*([^:=\n]{1,60})[:=]\s*(\S.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) return undefined
  return { key: `${textOf(tokensOf(name))} =`, value: tokensOf(value), type: 'slot' }
}

/** Two answers that cannot both be the whole one: neither only says the other more closely. */
export function differ(a: readonly Token[], b: readonly Token[]): boolean {
  const left = new Set(a.filter(({ content }) => content).map(({ text }) => text))
  const right = new Set(b.filter(({ content }) => content).map(({ text }) => text))
  return ![...left].every((text) => right.has(text)) && ![...right].every((text) => left.has(text))
}

function textOf(tokens: readonly Token[]): string {
  return tokens
    .filter(({ text }) => !articles.has(text))
    .map(({ text }) => text)
    .join(' ')
}
