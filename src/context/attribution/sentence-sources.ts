import type { Manifest, ManifestItem } from '#context/manifest.ts'
import { splitSentences, type TextRange } from '#shared/text-sentences.ts'
import { stem } from '#shared/text-stem.ts'
import { stopWords } from '#shared/text-stop-words.ts'
import { words } from '#shared/text-words.ts'
import { quotedShare, quoteShare } from './quote-share.ts'

/** `quoted`: nearly all of its words stand there in one stretch. `cited`: it names the item. `shared`: they have words in common. */
export type SourceKind = 'quoted' | 'cited' | 'shared'

export type Source = {
  readonly ref: string
  readonly kind: SourceKind
  /** Share of the sentence's words (quoted) or of its words of meaning by rarity (shared, cited) that stand in the item, 0…1. */
  readonly share: number
}

export type SentenceSources = TextRange & {
  /** Quoted first, then cited, then by the share; at most three. */
  readonly sources: readonly Source[]
  /** References that name no item of the prompt. */
  readonly unknown: readonly string[]
}

const reference = /\[([A-Z]\d{1,3})\]/g
const leastShared = 2
const sharedShare = 0.4
const mostSources = 3

/** The items of a prompt that words of a reply can come from: all but the instructions. */
export function sourceItems(manifest: Manifest): readonly ManifestItem[] {
  return manifest.sections.flatMap(({ name, items }) => (name === 'instructions' ? [] : items))
}

/**
 * Where the sentences of a reply may be from, by their words alone: quotes that hold and references that name an item
 * (Reasoning with Attributions, paper #9: every citation exists, every quote is found with at least nine in ten of its words),
 * then items that share words of meaning, rare ones counting more. That words are shared does not say that the item made the
 * sentence: an ablation does.
 */
export function sentenceSources(reply: string, items: readonly ManifestItem[]): readonly SentenceSources[] {
  const texts = items.map((item) => {
    const all = words(item.text).map((word) => word.text)
    return { ref: item.ref, all, stems: new Set(all.filter((word) => !stopWords.has(word)).map(stem)) }
  })
  const holding = new Map<string, number>()
  for (const { stems } of texts) for (const one of stems) holding.set(one, (holding.get(one) ?? 0) + 1)
  const worth = (one: string) => Math.log(1 + items.length / (holding.get(one) ?? 1))
  return splitSentences(reply).map(({ from, to }) => {
    const said = reply.slice(from, to)
    const refs = [...said.matchAll(reference)].map(([, ref = '']) => ref)
    const own = words(said.replace(reference, ' ')).map((word) => word.text)
    const stems = [...new Set(own.filter((word) => !stopWords.has(word)).map(stem))]
    const mass = stems.reduce((sum, one) => sum + worth(one), 0)
    const sources = texts.flatMap((item): readonly Source[] => {
      const quote = quoteShare(own, item.all)
      if (quote >= quotedShare) return [{ ref: item.ref, kind: 'quoted', share: quote }]
      const common = stems.filter((one) => item.stems.has(one))
      const share = mass === 0 ? 0 : common.reduce((sum, one) => sum + worth(one), 0) / mass
      if (refs.includes(item.ref)) return [{ ref: item.ref, kind: 'cited', share }]
      return common.length >= leastShared && share >= sharedShare ? [{ ref: item.ref, kind: 'shared', share }] : []
    })
    const order: readonly SourceKind[] = ['quoted', 'cited', 'shared']
    return {
      from,
      to,
      sources: sources.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.share - a.share).slice(0, mostSources),
      unknown: [...new Set(refs)].filter((ref) => !texts.some((item) => item.ref === ref)),
    }
  })
}
