import { summaryHeading, youHeading } from '#context/lay-head.ts'
import type { Manifest, ManifestItem, SectionName } from '#context/manifest.ts'
import { closing, type Lead, leadAfter, opening } from '#context/recalled-block.ts'
import type { PromptPart } from '#context/template.ts'

/** A stretch of a part's text that goes (UTF-16 offsets), and what comes in its place. */
type Cut = { readonly from: number; readonly to: number; readonly instead?: string }
type Placed = ManifestItem & { readonly section: SectionName }

/** Items that can be taken out of a prompt: all but the message that asks. */
export function removableItems(manifest: Manifest): readonly Placed[] {
  return manifest.sections.flatMap(({ name, items }) =>
    name === 'message' ? [] : items.map((item) => ({ ...item, section: name })),
  )
}

/**
 * A recorded prompt as it would have been without some of its items, all else byte for byte the same: what an ablation
 * asks. A part of which all items go, goes; a line of the head or of what was recalled goes with its label, a heading or a fence with
 * the last line under it, and dates and names are said where they now change.
 *
 * @param refs refs of the items; the newest message's is ignored
 */
export function promptWithout(manifest: Manifest, refs: ReadonlySet<string>): readonly PromptPart[] {
  const removable = removableItems(manifest)
  return manifest.prompt.flatMap((part, index) => {
    const own = removable.filter((item) => item.part === index)
    const out = own.filter(({ ref }) => refs.has(ref))
    if (out.length === 0) return [part]
    const asks = manifest.sections.some(({ name, items }) => name === 'message' && items.some((item) => item.part === index))
    if (out.length === own.length && !asks && part.role !== 'reply') return []
    const kept = (section: SectionName) => own.some((item) => item.section === section && !out.includes(item))
    const cuts = out.flatMap((item): readonly Cut[] => {
      if (item.section === 'recalled') return []
      if (item.section === 'you') return [kept('you') ? bulletOf(part.text, item) : under(part.text, youHeading, item)]
      return [item.section === 'summary' ? under(part.text, summaryHeading, item) : item]
    })
    const recalled = own.filter(({ section }) => section === 'recalled')
    return [{ ...part, text: cutOut(part.text, [...cuts, ...relaid(part.text, recalled, refs)]) }]
  })
}

/** A bullet with the line feed before it. */
function bulletOf(text: string, { from, to }: Cut): Cut {
  return { from: Math.max(0, text.lastIndexOf('\n', from)), to }
}

/** From the heading over an item, with the empty line before it, to the item's end. */
function under(text: string, heading: string, { from, to }: Cut): Cut {
  const at = text.lastIndexOf(heading, from)
  if (at === -1) return { from, to }
  return { from: text.slice(0, at).endsWith('\n\n') ? at - 2 : at, to }
}

/** The recalled block with the lines that stay, led as if the others had never been there; without a line there is none. */
function relaid(text: string, items: readonly ManifestItem[], refs: ReadonlySet<string>): (Cut & { readonly instead: string })[] {
  const start = text.indexOf(opening)
  const end = start === -1 ? -1 : text.indexOf(closing, start)
  if (end === -1 || !items.some(({ ref }) => refs.has(ref))) return []
  let instead = ''
  let last: Lead | undefined
  let lead: Lead = { day: '', year: '', name: '' }
  for (let at = start + opening.length; at < end; ) {
    const here = items.find((item) => item.from < lineEnd(text, at) && item.to >= at)
    const to = lineEnd(text, here ? Math.max(at, here.to) : at)
    if (here) {
      const [number = ''] = /^\[R\d+\] /.exec(text.slice(at, here.from)) ?? []
      lead = { ...lead, name: text.slice(at + number.length, here.from) || lead.name }
      if (!refs.has(here.ref)) {
        const { date, name } = leadAfter(lead, last)
        instead += date + number + name + text.slice(here.from, to)
        last = lead
      }
    } else {
      const [, day = '', year = lead.year] = /^(\d+ \S+)(?: (-?\d+))?\n$/.exec(text.slice(at, to)) ?? []
      lead = { ...lead, day, year }
    }
    at = to
  }
  return [{ from: start, to: end + closing.length, instead: instead === '' ? '' : opening + instead + closing }]
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

function cutOut(text: string, cuts: readonly Cut[]): string {
  let kept = ''
  let last = 0
  for (const { from, to, instead = '' } of [...cuts].sort((a, b) => a.from - b.from)) {
    if (to <= last) continue
    kept += text.slice(last, Math.max(last, from)) + instead
    last = to
  }
  return kept + text.slice(last)
}
