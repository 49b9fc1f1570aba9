import { summaryHeading, youHeading } from '#context/lay-head.ts'
import type { Manifest, ManifestItem, SectionName } from '#context/manifest.ts'
import { closing, opening } from '#context/recalled-block.ts'
import type { PromptPart } from '#context/template.ts'

/** A stretch of a part's text that goes (UTF-16 offsets). */
type Cut = { readonly from: number; readonly to: number }
type Placed = ManifestItem & { readonly section: SectionName }

/** Items that can be taken out of a prompt: all but the message that asks. */
export function removableItems(manifest: Manifest): readonly Placed[] {
  return manifest.sections.flatMap(({ name, items }) =>
    name === 'message' ? [] : items.map((item) => ({ ...item, section: name })),
  )
}

/**
 * A recorded prompt as it would have been without some of its items, all else byte for byte the same: what an ablation
 * asks. A part of which all items go, goes; a line of the head or of what was recalled goes with its label, and a heading,
 * a date or a fence with the last line under it.
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
    return [{ ...part, text: cutOut(part.text, [...cuts, ...recalledCuts(part.text, recalled, refs)]) }]
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

/** Lines of the recalled block that go, each date with the last line under it; without a line the whole block. */
function recalledCuts(text: string, items: readonly ManifestItem[], refs: ReadonlySet<string>): readonly Cut[] {
  const start = text.indexOf(opening)
  const end = start === -1 ? -1 : text.indexOf(closing, start)
  if (end === -1 || !items.some(({ ref }) => refs.has(ref))) return []
  if (items.every(({ ref }) => refs.has(ref))) return [{ from: start, to: end + closing.length }]
  const cuts: Cut[] = []
  let date: Cut | undefined
  for (let at = start + opening.length; at < end; ) {
    const here = items.find((item) => item.from < lineEnd(text, at) && item.to >= at)
    const line = { from: at, to: lineEnd(text, here ? Math.max(at, here.to) : at) }
    if (!here) {
      if (date) cuts.push(date)
      date = line
    } else if (refs.has(here.ref)) cuts.push(line)
    else date = undefined
    at = line.to
  }
  return date ? [...cuts, date] : cuts
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

function cutOut(text: string, cuts: readonly Cut[]): string {
  let kept = ''
  let last = 0
  for (const { from, to } of [...cuts].sort((a, b) => a.from - b.from)) {
    if (to <= last) continue
    kept += text.slice(last, Math.max(last, from))
    last = to
  }
  return kept + text.slice(last)
}
