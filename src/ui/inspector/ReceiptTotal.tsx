import clsx from 'clsx'
import type { ReactNode } from 'react'
import { describeHistory } from '#context/history.ts'
import type { Manifest, SectionName } from '#context/manifest.ts'
import { formatCount, formatSeconds } from '#ui/kit/format.ts'
import { LeftDevice } from '#ui/kit/LeftDevice.tsx'
import { WindowBar } from '#ui/kit/window-bar/WindowBar.tsx'
import { inputTokens, measured, reusedTokens, reuseUnknown, rolledRun } from '#ui/kit/window-bar/window-segments.ts'
import { countAgreement } from './count-agreement.ts'
import { rolledTotal } from './rolled-words.ts'

type Props = {
  readonly manifest: Manifest
  /** Opens the row of a section that was chosen in the bar. */
  readonly onOpen: (section: SectionName) => void
  readonly selected: SectionName | undefined
  readonly plan: boolean
}

/** The head of a receipt: how much of the window the prompt took, who counted it, the window to scale, reused and new. */
export function ReceiptTotal({ manifest, plan, selected, onOpen }: Props) {
  const { actual, predicted } = manifest
  const counted = measured(manifest)
  const total = inputTokens(manifest)
  const reused = reusedTokens(manifest)
  const agreement = countAgreement(manifest)
  const rolled = rolledTotal(manifest, plan)
  return (
    <>
      <LeftDevice modelId={manifest.model.id} plan={plan} className="mb-2.5 text-xs" />
      <div className="mb-2.5 flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium font-mono text-xl tracking-[-0.05em] tabular-nums">
          {counted || plan ? '' : '≈ '}
          {formatCount(total)}
        </span>{' '}
        <span className="text-sm text-ink-2">of {formatCount(manifest.window.size)} tokens</span>
        {agreement.type !== 'differs' && (
          <span className="ml-auto text-xs text-ink-3">{plan ? 'not sent yet' : agreement.text}</span>
        )}
      </div>
      {agreement.type === 'differs' && <p className="mb-2.5 text-xs text-warn">{agreement.text}</p>}
      {rolled && (
        <p className="mb-2.5 text-xs text-ink-2">
          {rolledRun(manifest) && (
            <span aria-hidden="true" className="mr-1.5 inline-block h-0.5 w-3.5 bg-warn align-middle forced-colors:bg-[Mark]" />
          )}
          {rolled}
        </p>
      )}
      <WindowBar manifest={manifest} tall {...(selected ? { selected } : {})} onOpen={onOpen} />
      <div className="mt-2 flex flex-wrap gap-x-4 text-xs text-ink-2">
        {reuseUnknown(manifest) ? (
          <span>what the server reuses is not known</span>
        ) : (
          <>
            <Key hatched>
              reused <span className="num">{formatCount(reused)}</span>
            </Key>
            <Key>
              new <span className="num">{formatCount(total - reused)}</span>
            </Key>
          </>
        )}
        {actual?.ttftMs !== undefined && (
          <span className="ml-auto">
            first word <span className="num">{formatSeconds(actual.ttftMs)}</span>
          </span>
        )}
      </div>
      {manifest.history && <p className="mt-1 text-xs text-ink-2">{describeHistory(manifest.history)}</p>}
      {counted && !reuseUnknown(manifest) && counted.cachedInputTokens !== predicted.cachedInputTokens && (
        <p className="mt-1 text-xs text-ink-3">
          <span className="num">{formatCount(predicted.cachedInputTokens)}</span> were expected to be reused.
        </p>
      )}
    </>
  )
}

function Key({ hatched = false, children }: { readonly hatched?: boolean; readonly children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        aria-hidden="true"
        className={clsx('h-2.25 w-3.5 rounded-[1px]', hatched ? 'section-hatch' : 'section-fill')}
        style={{ '--section': 'var(--color-ink-2)' }}
      />
      <span>{children}</span>
    </span>
  )
}
