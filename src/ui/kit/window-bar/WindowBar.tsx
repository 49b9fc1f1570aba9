import clsx from 'clsx'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Manifest, SectionName } from '#context/manifest.ts'
import { formatCount } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'
import { Tooltip } from '#ui/kit/Tooltip.tsx'
import { SegmentTip } from './SegmentTip.tsx'
import { rolledRun, type WindowSegment, windowSegments } from './window-segments.ts'

type Props = {
  readonly manifest: Manifest
  /** Counts are estimates: said with ≈. */
  readonly estimated?: boolean
  /** The receipt's form: taller, with letters and a scale. */
  readonly tall?: boolean
  /** The section that is open in the receipt. */
  readonly selected?: SectionName
  readonly onOpen?: (section: SectionName) => void
}

/**
 * The context window itself, to scale, in prompt order. Hatched: reused from the cache. Solid: read anew. The reply's
 * reserve is outlined; at the dashed mark older turns are summarised. The line above: what rolled out of a rolling window. Tab reaches it once, arrows walk, Enter opens.
 */
export function WindowBar({ manifest, estimated = false, tall = false, selected, onOpen }: Props) {
  const bar = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const segments = windowSegments(manifest)
  const rolled = rolledRun(manifest)
  const { size, reserve, pressure } = manifest.window
  const current = Math.min(at, segments.length - 1)

  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: segments.length - 1 }
    const target = moves[event.key]
    if (target === undefined) return
    event.preventDefault()
    bar.current?.querySelectorAll('button')[Math.max(0, Math.min(segments.length - 1, target))]?.focus()
  }

  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div
        ref={bar}
        role="group"
        aria-label={`Context window to scale, ${formatCount(size)} tokens`}
        onKeyDown={onKeyDown}
        className={clsx('relative flex w-full gap-px rounded-xs bg-sunk forced-colors:border', tall ? 'h-5' : 'h-2.5')}
      >
        {segments.map((segment, index) => (
          <Segment
            key={`${segment.section}-${segment.reused}-${segments.slice(0, index).filter((s) => s.section === segment.section).length}`}
            manifest={manifest}
            segment={segment}
            label={segmentLabel(segment, estimated)}
            tall={tall}
            tabStop={index === current}
            selected={segment.section === selected}
            onFocus={() => setAt(index)}
            onOpen={onOpen}
          />
        ))}
        <div className="min-w-0 flex-1" />
        <div
          title={`Kept for the reply, ${formatCount(reserve)} tokens`}
          style={{ width: `${(reserve / size) * 100}%` }}
          className="grid h-full flex-none place-items-center overflow-hidden rounded-xs text-2xs leading-none text-ink-2 ring-1 ring-inset ring-edge"
        >
          {tall && reserve / size > 0.08 && 'reply'}
        </div>
        {rolled && (
          <div
            aria-hidden="true"
            style={{ left: `${(rolled.start / size) * 100}%`, width: `${(rolled.tokens / size) * 100}%` }}
            className="pointer-events-none absolute -top-1 h-0.5 bg-warn forced-colors:bg-[Mark]"
          />
        )}
        <div
          title="At this mark older turns are summarised"
          style={{ left: `${(pressure / size) * 100}%` }}
          className="absolute -top-1 -bottom-1 border-l border-dashed border-ink-3"
        />
      </div>
      {tall && <Scale size={size} />}
    </div>
  )
}

function segmentLabel(segment: WindowSegment, estimated: boolean): string {
  return `${sectionLook[segment.section].label}, ${estimated ? '≈ ' : ''}${formatCount(segment.tokens)} tokens, ${segment.reused ? 'reused' : 'new'}`
}

type SegmentProps = {
  readonly manifest: Manifest
  readonly segment: WindowSegment
  readonly label: string
  readonly tall: boolean
  readonly tabStop: boolean
  readonly selected: boolean
  readonly onFocus: () => void
  readonly onOpen: ((section: SectionName) => void) | undefined
}

function Segment({ manifest, segment, label, tall, tabStop, selected, onFocus, onOpen }: SegmentProps) {
  const look = sectionLook[segment.section]
  const share = segment.tokens / manifest.window.size
  return (
    <Tooltip rich text={<SegmentTip manifest={manifest} segment={segment} thin={share < 0.003} />}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={selected || undefined}
        tabIndex={tabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={() => onOpen?.(segment.section)}
        style={{ '--section': look.color, width: `${share * 100}%` }}
        className={clsx(
          'relative grid h-full min-w-0.5 flex-none cursor-pointer place-items-center rounded-[1px] transition-[width]',
          'after:absolute after:inset-x-0 after:-inset-y-2 hover:z-2 hover:outline-2 hover:outline-offset-1 hover:outline-ink',
          'focus-visible:z-2 focus-visible:outline-offset-1 aria-pressed:z-1 aria-pressed:outline-2 aria-pressed:outline-offset-1 aria-pressed:outline-ink',
          segment.reused ? 'section-hatch' : 'section-fill',
        )}
      >
        {tall && share > 0.035 && (
          <b className="section-fill rounded-[1px] px-0.5 font-mono text-2xs leading-3.5 font-semibold text-on-section">
            {look.letter}
          </b>
        )}
      </button>
    </Tooltip>
  )
}

/** Ticks at quarters of the window. */
function Scale({ size }: { readonly size: number }) {
  const label = (tokens: number) => (tokens >= 1024 ? `${Number((tokens / 1024).toFixed(1))}k` : String(Math.round(tokens)))
  return (
    <div aria-hidden="true" className="mt-0.5 flex justify-between font-mono text-2xs leading-3.5 text-ink-3">
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <span key={share} className="w-0 first:w-auto last:w-auto">
          <span className={share > 0 && share < 1 ? 'inline-block -translate-x-1/2' : ''}>{label(size * share)}</span>
        </span>
      ))}
    </div>
  )
}
