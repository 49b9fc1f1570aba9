import type { Manifest, ManifestItem, SectionName } from '#context/manifest.ts'
import { formatCount, formatScore } from '#ui/kit/format.ts'
import { SectionLetter } from '#ui/kit/SectionLetter.tsx'
import { sectionLook } from '#ui/kit/section-look.ts'
import type { WindowSegment } from './window-segments.ts'

const shown = 4

/** The best of what was recalled, the newest of what was said. */
function namedItems(section: SectionName, items: readonly ManifestItem[]): readonly ManifestItem[] {
  if (section === 'instructions' || section === 'message') return []
  return section === 'turns' ? items.slice(-shown).reverse() : items.slice(0, shown)
}

/** What a segment holds, in a few lines. */
export function SegmentTip({
  manifest,
  segment,
  thin,
}: {
  readonly manifest: Manifest
  readonly segment: WindowSegment
  readonly thin: boolean
}) {
  const section = manifest.sections.find(({ name }) => name === segment.section)
  const items = (section?.items ?? []).filter(
    ({ start, tokens }) => start < segment.start + segment.tokens && start + tokens > segment.start,
  )
  const named = namedItems(segment.section, items)
  const room = section ? section.budgetTokens - section.tokens : 0
  return (
    <>
      <div className="mb-1 flex items-center gap-2 text-sm font-semibold text-ink">
        <SectionLetter section={segment.section} />
        {sectionLook[segment.section].label}
        <span className="num ml-auto font-normal">{formatCount(segment.tokens)} tokens</span>
      </div>
      {named.length > 0 && (
        <ul className="mb-1.5">
          {named.map((item) => (
            <li key={item.ref} className="flex gap-2.5 py-px text-ink">
              <span className="truncate">{item.text}</span>
              {item.score && <span className="num ml-auto text-ink-3">{formatScore(item.score.total)}</span>}
            </li>
          ))}
          {items.length > named.length && <li className="py-px">and {formatCount(items.length - named.length)} more</li>}
        </ul>
      )}
      {segment.reused ? 'Reused from the cache: it need not be read again.' : 'Read anew with your message.'}
      {segment.section === 'recalled' && room > 0 && ` Room for ${formatCount(room)} tokens more.`}
      {thin && ' Drawn wider than it is, so that it can be seen.'}
    </>
  )
}
