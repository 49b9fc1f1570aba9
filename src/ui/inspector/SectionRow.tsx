import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { Manifest, ManifestSection } from '#context/manifest.ts'
import { formatCount, formatPlural, formatScore } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { SectionLetter } from '#ui/kit/SectionLetter.tsx'
import { sectionLook } from '#ui/kit/section-look.ts'
import { reusedTokens, windowSegments } from '#ui/kit/window-bar/window-segments.ts'
import { confidenceWords } from './confidence-words.ts'
import { ItemRow } from './ItemRow.tsx'
import { itemReuse, joinReuse } from './item-reuse.ts'
import { rolledItem } from './rolled-words.ts'

type Props = {
  readonly section: ManifestSection
  readonly manifest: Manifest
  /** The section's name or one of its items' refs: it opens and comes into view. */
  readonly focus?: string | undefined
}

const reuseWords = { reused: 'reused', new: 'new', partly: 'part new' }

/** One section of the prompt: letter, name, reuse and tokens, with its true place in the window; opens to its items. */
export function SectionRow({ section, manifest, focus }: Props) {
  const look = sectionLook[section.name]
  const focused = focus === section.name || section.items.some((item) => item.ref === focus)
  const [open, setOpen] = useState(focused)
  const id = useId()
  useEffect(() => {
    if (!focused) return
    setOpen(true)
    const row = document.getElementById(`${id}-row`)
    row?.scrollIntoView({ block: 'nearest' })
  }, [focused, id])
  const segments = windowSegments(manifest).filter((segment) => segment.section === section.name)
  const reuse = joinReuse(segments.map((segment) => (segment.reused ? 'reused' : 'new')))
  const cached = reusedTokens(manifest)
  return (
    <li className="mt-0.5" style={{ '--section': look.color }}>
      <button
        type="button"
        id={`${id}-row`}
        data-row
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="group relative grid touch:min-h-11 min-h-7.5 w-full cursor-pointer grid-cols-[1.25rem_minmax(0,1fr)_auto_3rem_0.875rem] items-center gap-x-2 pb-1.5 text-left text-sm"
      >
        <SectionLetter section={section.name} />
        <span>{look.label}</span>
        <span className={clsx('text-xs whitespace-nowrap', reuse === 'reused' ? 'text-ink-3' : 'font-semibold text-ink')}>
          {reuseWords[reuse]}
        </span>
        <span className="num text-right text-xs">
          {formatCount(section.tokens)}
          <span className="sr-only"> tokens</span>
        </span>
        <Icon of={ChevronRight} size={12} className="text-ink-3 transition-transform group-aria-expanded:rotate-90" />
        <span aria-hidden="true" className="absolute right-0 bottom-0.5 left-7 h-0.5 bg-line">
          {segments.map((segment) => (
            <span
              key={segment.start}
              className="section-fill absolute -top-px h-1 min-w-[3px]"
              style={{
                left: `${(segment.start / manifest.window.size) * 100}%`,
                width: `${(segment.tokens / manifest.window.size) * 100}%`,
              }}
            />
          ))}
        </span>
      </button>
      {open && (
        <div id={id} className="mt-1 mb-2.5 ml-7">
          <SectionLead section={section} manifest={manifest} />
          <ul>
            {section.items.map((item) => (
              <ItemRow
                key={item.ref}
                item={item}
                section={section.name}
                reuse={itemReuse(item, cached)}
                rolled={rolledItem(manifest, item)}
                threshold={manifest.threshold}
                now={manifest.createdAt}
                wanted={focus === item.ref}
              />
            ))}
          </ul>
        </div>
      )}
    </li>
  )
}

function SectionLead({ section, manifest }: { readonly section: ManifestSection; readonly manifest: Manifest }) {
  const outside = manifest.dropped.filter((item) => item.section === section.name).length
  const all = section.items.length + outside
  const marks = section.tokens - section.items.reduce((sum, item) => sum + item.tokens, 0)
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
      <span>
        {outside > 0 ? `${formatCount(section.items.length)} of ${formatPlural(all, 'candidate')}` : formatPlural(all, 'item')},{' '}
        <span className="num">{formatCount(section.tokens)}</span> of at most{' '}
        <span className="num">{formatCount(section.budgetTokens)}</span> tokens
      </span>
      {marks > 0 && (
        <span>
          <span className="num">{formatCount(marks)}</span> are template marks
        </span>
      )}
      {section.name === 'recalled' && (
        <span>
          score needs <span className="num">{formatScore(manifest.threshold)}</span>
        </span>
      )}
      {section.name === 'recalled' && manifest.confidence !== undefined && <span>{confidenceWords(manifest.confidence)}</span>}
    </p>
  )
}
