import { tokensToRead } from '#context/forecast.ts'
import type { SectionName } from '#context/manifest.ts'
import type { LonghandState } from '#runtime/state.ts'
import { formatCount, formatShare } from '#ui/kit/format.ts'
import { timeWords, useReadingSpeed } from '#ui/kit/use-reading-speed.ts'
import { WindowBar } from '#ui/kit/window-bar/WindowBar.tsx'
import { inputTokens, measured, reusedTokens, reuseUnknown } from '#ui/kit/window-bar/window-segments.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { openPlan, openReceipt } from '#ui/shell/shell-state.ts'
import { currentManifest } from './use-window-start.ts'

function lastReplyId(state: LonghandState) {
  return state.open?.messages.findLast(({ role }) => role === 'assistant')?.id
}

/** The window to scale, with its figures. */
export function WindowFigures() {
  const manifest = useLonghand(currentManifest)
  const speed = useReadingSpeed(manifest?.model)
  const isNext = useLonghand((state) => state.preview?.manifest === manifest && manifest !== undefined)
  const estimated = useLonghand((state) => state.preview?.manifest === manifest && state.preview?.estimated === true)
  const replyId = useLonghand(lastReplyId)
  if (!manifest) return null
  const input = inputTokens(manifest)
  const reused = reusedTokens(manifest)
  const open = isNext
    ? (section: SectionName) => openPlan({ type: 'next' }, [], section)
    : replyId && ((section: SectionName) => openReceipt(replyId, section))
  const about = estimated || (!isNext && !measured(manifest)) ? '≈ ' : ''
  return (
    <div data-window className="mb-2 pt-2">
      <WindowBar manifest={manifest} estimated={estimated} {...(open ? { onOpen: open } : {})} />
      <div className="mt-1.25 flex gap-3.5 text-xs whitespace-nowrap text-ink-3 phone:gap-2.5">
        <span>
          <span className="text-ink-2">{isNext ? 'Next prompt' : 'Last prompt'}</span> {about}
          <span className="num">{formatCount(input)}</span> of <span className="num">{formatCount(manifest.window.size)}</span>
        </span>
        {reused > 0 ? (
          <>
            <Key hatched>
              reused <span className="num">{formatShare(reused / input)}</span>
            </Key>
            <span className="phone:hidden">
              <Key>new</Key>
            </span>
          </>
        ) : reuseUnknown(manifest) ? (
          <span>reuse not known</span>
        ) : (
          <Key>all read anew</Key>
        )}
        <span className="ml-auto truncate phone:hidden">
          {input > manifest.window.pressure
            ? 'over the mark: older turns are summarised after this'
            : isNext &&
              !reuseUnknown(manifest) &&
              `reads ${formatCount(tokensToRead(manifest))}, ${timeWords(speed, tokensToRead(manifest))}`}
        </span>
        {isNext && !reuseUnknown(manifest) && (
          <span className="ml-auto hidden truncate phone:inline">
            +<span className="num">{formatCount(tokensToRead(manifest))}</span>
            {speed && `, ${timeWords(speed, tokensToRead(manifest)).replace('about', '≈')}`}
          </span>
        )}
      </div>
    </div>
  )
}

function Key({ hatched = false, children }: { readonly hatched?: boolean; readonly children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.25">
      <span
        aria-hidden="true"
        style={{ '--section': 'var(--color-ink-2)' }}
        className={`h-2.25 w-3.5 rounded-[1px] ${hatched ? 'section-hatch' : 'section-fill'}`}
      />
      <span>{children}</span>
    </span>
  )
}
