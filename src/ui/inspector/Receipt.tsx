import { type ReactNode, useMemo, useState } from 'react'
import type { Manifest, SectionName } from '#context/manifest.ts'
import type { PlanTarget } from '#runtime/state.ts'
import { formatCount } from '#ui/kit/format.ts'
import { inputTokens, measured } from '#ui/kit/window-bar/window-segments.ts'
import { embedderWords } from './embedder-words.ts'
import { LeftOut } from './LeftOut.tsx'
import { ReceiptTotal } from './ReceiptTotal.tsx'
import { readModeWords } from './read-mode-words.ts'
import { SectionRow } from './SectionRow.tsx'
import { UsageTable } from './UsageTable.tsx'
import { walkRows } from './walk-rows.ts'

type Props = {
  readonly manifest: Manifest
  /** A section's name or an item's ref to open and bring into view. */
  readonly focus?: string | undefined
  /** It was not sent, so nothing is measured: whose plan it is. */
  readonly plan?: PlanTarget
  /** What a plan says of itself, after its sections. */
  readonly children?: ReactNode
}

/** A stored manifest, as people read it: the total, the sections in prompt order, what was left out, what it took. */
export function Receipt({ manifest, focus, plan, children }: Props) {
  const [chosen, setChosen] = useState<SectionName>()
  const target = useMemo(() => plan ?? ({ type: 'again', replyId: manifest.replyId } as const), [plan, manifest])
  const { size, reserve } = manifest.window
  const input = inputTokens(manifest)
  const used = measured(manifest)
  const sections = manifest.sections.filter((section) => section.tokens > 0)
  return (
    <>
      <ReceiptTotal manifest={manifest} plan={plan !== undefined} selected={chosen} onOpen={setChosen} />
      <h3 id="in-prompt" className="mt-4.5 mb-0.5 flex items-baseline gap-2 text-sm font-semibold">
        In the prompt<span className="text-xs font-normal text-ink-3">in the order it {plan ? 'will be' : 'was'} sent</span>
      </h3>
      <ul aria-labelledby="in-prompt" onKeyDown={walkRows}>
        {sections.map((section) => (
          <SectionRow key={section.name} section={section} manifest={manifest} focus={chosen ?? focus} />
        ))}
      </ul>
      <dl className="mt-2.5 mb-1 grid grid-cols-[1fr_auto] gap-x-3 text-xs text-ink-2">
        <dt>Kept for the reply</dt>
        <dd className="num text-right">{formatCount(reserve)}</dd>
        {used && (
          <>
            <dt>Of these really used</dt>
            <dd className="num text-right">{formatCount(used.outputTokens)}</dd>
          </>
        )}
        <dt>Free</dt>
        <dd className="num text-right">{formatCount(Math.max(0, size - reserve - input))}</dd>
      </dl>
      {manifest.embedder && manifest.embedder.state !== 'used' && (
        <p className="mt-2 text-xs text-warn">{embedderWords[manifest.embedder.state]}</p>
      )}
      {manifest.readMode && manifest.readMode !== 'direct' && (
        <p className="mt-2 text-xs text-ink-2">{readModeWords[manifest.readMode]}</p>
      )}
      {children}
      <LeftOut manifest={manifest} target={target} />
      {!plan && <UsageTable manifest={manifest} />}
    </>
  )
}
