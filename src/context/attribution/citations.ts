import type { Manifest, ManifestItem } from '#context/manifest.ts'
import { readReply } from '#memory/read-reply.ts'
import { splitSentences, type TextRange } from '#shared/text-sentences.ts'
import { words } from '#shared/text-words.ts'
import { quotedShare, quoteShare } from './quote-share.ts'
import { sourceItems } from './sentence-sources.ts'

/**
 * What a reference of a reply is worth. `quoted`: the words stand in the item. `misquoted`: it is put in quotation marks and
 * they do not. `refers`: it names an item, in other words. `nothing`: no item has that number.
 */
export type Verdict = 'quoted' | 'misquoted' | 'refers' | 'nothing'

export type Citation = { readonly ref: string; readonly verdict: Verdict; readonly item?: ManifestItem }

/** A sentence with what it names, each reference once, in order. */
export type CitingSentence = TextRange & { readonly citations: readonly Citation[] }

const reference = /\[([RS]\d{1,3})\]/g
const wordsOf = (text: string) => words(text).map((word) => word.text)

/**
 * The sentences of a reply that name what they draw on, each reference checked against the prompt (Reasoning with
 * Attributions, paper #9: every number exists, every quote is found in its block with nine in ten of its words).
 * Undefined where the reply was not asked to name anything.
 */
export function checkCitations(manifest: Manifest, reply: string): readonly CitingSentence[] | undefined {
  const { readMode } = manifest
  if (readMode !== 'cite' && readMode !== 'quote') return undefined
  const items = new Map(sourceItems(manifest).map((item) => [item.ref, item]))
  const refs = new Set(items.keys())
  return sentencesOf(reply).flatMap(({ from, to }): readonly CitingSentence[] => {
    const said = reply.slice(from, to)
    const named = new Set([...said.matchAll(reference)].map(([, ref = '']) => ref))
    if (named.size === 0) return []
    const quotes = readReply('quote', said, refs).citations
    const citations = [...named].map((ref): Citation => {
      const item = items.get(ref)
      if (!item) return { ref, verdict: 'nothing' }
      const text = wordsOf(item.text)
      const own = quotes.flatMap((citation) => (citation.ref === ref && citation.quote !== undefined ? [citation.quote] : []))
      if (own.length > 0) {
        const held = own.every((quote) => quoteShare(wordsOf(quote), text, 1) >= quotedShare)
        return { ref, item, verdict: held ? 'quoted' : 'misquoted' }
      }
      return { ref, item, verdict: quoteShare(wordsOf(said.replace(reference, ' ')), text) >= quotedShare ? 'quoted' : 'refers' }
    })
    return [{ from, to, citations }]
  })
}

const leading = /^(?:\s*\[[RS]\d{1,3}\])+[.,;]?\s*/

/** Sentences; references that stand after the full stop of one belong to it. */
function sentencesOf(reply: string): readonly TextRange[] {
  const sentences: TextRange[] = []
  for (const { from, to } of splitSentences(reply)) {
    const before = sentences.at(-1)
    const ahead = before ? (leading.exec(reply.slice(from, to))?.[0].length ?? 0) : 0
    if (before && ahead > 0) sentences[sentences.length - 1] = { from: before.from, to: from + ahead }
    if (from + ahead < to) sentences.push({ from: from + ahead, to })
  }
  return sentences
}
