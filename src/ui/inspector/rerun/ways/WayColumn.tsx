import { formatCount, formatPlural, formatSeconds } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import type { WayState } from './use-three-ways.ts'
import type { WayFigures } from './way-figures.ts'

type Props = {
  readonly way: WayState
  /** There once it is done. */
  readonly figures: WayFigures | undefined
  /** The most of the three: the bars' scale. */
  readonly most: { readonly tokens: number; readonly ms: number }
}

/** One of the three: tokens, seconds, answer, in rows that the three share. */
export function WayColumn({ way, figures, most }: Props) {
  const { label, holds, text, state } = way
  return (
    <li className="grid content-start rounded-md bg-paper px-3 pt-2 pb-3 @min-[34rem]:row-span-3 @min-[34rem]:grid-rows-subgrid">
      <div>
        <h5 className="text-sm font-semibold">{label}</h5>
        <p className="text-xs text-ink-3">{holds}</p>
      </div>
      <div>
        <p role="status" className={figures ? 'sr-only' : 'mt-1 text-xs text-ink-2'}>
          {stateWords(state)}
        </p>
        {state.type === 'reading' && <ProgressBar label={`Reading, ${label}`} fraction={state.share} className="mt-1.5" />}
        {figures && <Figures figures={figures} most={most} />}
      </div>
      {text === '' ? <span /> : <p className="mt-2.5 text-sm break-words whitespace-pre-wrap">{text}</p>}
    </li>
  )
}

function Figures({ figures, most }: { readonly figures: WayFigures; readonly most: Props['most'] }) {
  const { promptTokens, reusedTokens, readMs, estimated, writeMs, outputTokens } = figures
  const about = estimated ? '≈ ' : ''
  return (
    <>
      <p className="mt-1 text-xs text-ink-3">
        <span className="num text-lg text-ink">{formatCount(promptTokens)}</span> {promptTokens === 1 ? 'token' : 'tokens'} in the
        prompt
      </p>
      <Bar
        parts={[
          { share: reusedTokens / most.tokens, look: 'section-hatch [--section:var(--color-ink-2)]' },
          { share: (promptTokens - reusedTokens) / most.tokens, look: 'bg-ink-2' },
        ]}
      />
      {reusedTokens > 0 && (
        <p className="mt-1 text-xs text-ink-2">
          {formatCount(reusedTokens)} reused, {formatPlural(promptTokens - reusedTokens, 'token')} read
        </p>
      )}
      <p className="mt-2 text-xs text-ink-3">
        <span className="num text-lg text-ink">{readMs === undefined ? '–' : `${about}${formatSeconds(readMs + writeMs)}`}</span>{' '}
        {readMs === undefined ? 'not comparable' : 'to answer'}
      </p>
      <Bar
        parts={[
          { share: (readMs ?? 0) / most.ms, look: 'bg-ink-2' },
          { share: writeMs / most.ms, look: 'bg-accent' },
        ]}
      />
      <p className="mt-1 text-xs text-ink-2">
        {readMs !== undefined && `${about}${formatSeconds(readMs)} to read, `}
        {formatSeconds(writeMs)} to write {formatPlural(outputTokens, 'token')}
      </p>
    </>
  )
}

function Bar({ parts }: { readonly parts: readonly { readonly share: number; readonly look: string }[] }) {
  return (
    <div aria-hidden="true" className="mt-1 flex h-2 overflow-hidden rounded-xs bg-sunk forced-colors:border">
      {parts.map(
        ({ share, look }) =>
          share > 0 && (
            <span key={look} className={`${look} min-w-px forced-colors:bg-[CanvasText]`} style={{ width: `${share * 100}%` }} />
          ),
      )}
    </div>
  )
}

function stateWords(state: WayState['state']): string {
  switch (state.type) {
    case 'waiting':
      return 'Not asked yet.'
    case 'reading':
      return 'The model reads the prompt…'
    case 'writing':
      return 'The model writes…'
    case 'cannot':
      return state.words
    case 'done':
      return 'Answered.'
  }
}
