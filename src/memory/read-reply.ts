import type { ReadMode } from './read-modes.ts'

/** What a reply holds beside its answer. `parsed` is false where it is not in the form that its mode asked for: then all of it is the answer. */
export type ReadReply = {
  readonly parsed: boolean
  readonly answer: string
  /** Notes, a recollection, or the lines of a plan. */
  readonly notes: readonly string[]
  readonly citations: readonly { readonly ref: string; readonly quote?: string }[]
  readonly asks: boolean
  readonly abstains: boolean
}

/** R: a recalled line. S: the summary. */
const reference = /\[([RS]\d{1,3})\]/g
const quoted = /["“]([^"”]{3,400})["”][,.]?\s*\[([RS]\d{1,3})\]/g
const ignorance =
  /\b(?:I (?:do not|don['’]t) know|I (?:can(?:not|['’]t)) (?:tell|say) from|not (?:in|part of) (?:this conversation|what was recalled|my memory))\b/i

/** Reads a reply as its mode asked for it. References that name no item are not citations; it fails closed (rule M30). */
export function readReply(mode: ReadMode, text: string, refs: ReadonlySet<string>): ReadReply {
  const base: ReadReply = {
    parsed: true,
    answer: text,
    notes: [],
    citations: citationsOf(text, refs),
    asks: false,
    abstains: false,
  }
  const unread: ReadReply = { ...base, parsed: false, citations: [] }
  switch (mode) {
    case 'direct':
    case 'cite':
      return base
    case 'quote': {
      const citations = [...text.matchAll(quoted)].flatMap(([, quote = '', ref = '']) => (refs.has(ref) ? [{ ref, quote }] : []))
      return { ...base, citations }
    }
    case 'notes-first': {
      const match = /^\s*Notes:\s*\n?([\s\S]*?)\n\s*Answer:\s*([\s\S]*\S)\s*$/i.exec(text)
      return match ? { ...base, notes: linesOf(match[1]), answer: match[2] ?? '', citations: citationsOf(text, refs) } : unread
    }
    case 'recollect': {
      const match = /^\s*So far:\s*([^\n]+)\n+([\s\S]*\S)\s*$/i.exec(text)
      return match ? { ...base, notes: linesOf(match[1]), answer: match[2] ?? '' } : unread
    }
    case 'two-call': {
      if (/^\s*none\.?\s*$/i.test(text)) return { ...base, answer: '' }
      const lines = linesOf(text).filter((line) => citationsOf(line, refs).length > 0)
      return lines.length > 0 ? { ...base, notes: lines, answer: '' } : unread
    }
    case 'plan-write': {
      const lines = linesOf(text)
      const isPlan = lines.length > 0 && lines.every((line) => /^\d{1,2}\s*\|[^|]*\S[^|]*\|\s*\d{1,5}\s*$/.test(line))
      return isPlan ? { ...base, notes: lines, answer: '' } : unread
    }
    case 'clarify':
      return { ...base, asks: /^[^.!?\n]{3,300}\?\s*$/.test(text.trim()) }
    case 'abstain':
      return { ...base, abstains: ignorance.test(text) }
  }
}

function citationsOf(text: string, refs: ReadonlySet<string>): readonly { readonly ref: string }[] {
  const found = new Set([...text.matchAll(reference)].map(([, ref = '']) => ref))
  return [...found].filter((ref) => refs.has(ref)).map((ref) => ({ ref }))
}

function linesOf(text = ''): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*[-*•]\s+/, '').trim())
    .filter(Boolean)
}
