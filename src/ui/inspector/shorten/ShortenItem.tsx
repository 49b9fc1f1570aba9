import { useId, useState } from 'react'
import { mostShortened } from '#chat/prompt-wishes.ts'
import type { ManifestItem } from '#context/manifest.ts'
import { cacheWords } from '#ui/inspector/cache-words.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatShare } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { StruckText } from './StruckText.tsx'
import { leftOutWords, scoredWords } from './shortened-words.ts'
import { tryShortening } from './try-shortening.ts'
import { useShorter } from './use-shorter.ts'

const usual = 0.4

/** One item with its low-information phrases struck through at a ratio, and the way to send it so. */
export function ShortenItem({ item }: { readonly item: ManifestItem }) {
  const id = useId()
  const whole = item.shortened?.whole ?? item.text
  const [ratio, setRatio] = useState(item.shortened?.ratio ?? usual)
  const { shorter, state, scored, score, stop } = useShorter(whole, ratio)
  const engine = useLonghand(({ engine }) => engine)
  const stored = useLonghand(({ open }) => open?.conversation.wishes?.shortened?.[item.key] !== undefined)
  const loaded = engine.type === 'ready' || engine.type === 'generating' ? engine.loaded : undefined
  if (!shorter) return <p className="mt-2 text-ink-2">Reading the words…</p>
  // What is sent already shows as it is sent, whatever scored it then.
  const sent = !scored && item.shortened?.ratio === ratio ? item.shortened : undefined
  const { cuts, by, wholeTokens, tokens } = sent ?? { ...shorter, ...shorter.shortening }
  const { estimated } = shorter
  const about = estimated ? '≈ ' : ''
  return (
    <section aria-label={`Shorten ${item.ref}`} className="mt-2 rounded-md bg-paper px-3 py-2.5">
      <p className="text-sm break-words whitespace-pre-wrap text-ink">
        <StruckText text={whole} cuts={cuts} />
      </p>
      <div className="mt-2.5 flex flex-wrap items-baseline gap-x-2">
        <label htmlFor={id} className="text-sm text-ink">
          Leave out up to <span className="num">{formatShare(ratio)}</span>
        </label>
        <span role="status" className="ml-auto text-ink-2">
          <span className="num">
            {about}
            {formatCount(wholeTokens)}
          </span>{' '}
          → <span className="num">{formatCount(tokens)}</span> tokens
          <span className="sr-only">, {leftOutWords({ wholeTokens, tokens })}</span>
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={mostShortened * 100}
        step={5}
        value={Math.round(ratio * 100)}
        aria-valuetext={`${formatShare(ratio)}, ${leftOutWords({ wholeTokens, tokens })}`}
        onChange={(event) => setRatio(event.target.valueAsNumber / 100)}
        className="block h-6 touch:h-11 w-full cursor-pointer accent-accent"
      />
      <p className="text-ink-2">What says least goes first, {scoredWords(by)}. Names, numbers, dates and negations stay.</p>
      {!scored && loaded?.scoresTokens && (
        <>
          <p className="mt-1 text-ink-3">
            The model can score it: it reads these {about}
            {formatCount(wholeTokens)} tokens one by one. {cacheWords(loaded.reuse)}
          </p>
          <Button
            kind="text"
            className="-ml-1.5"
            disabled={engine.type !== 'ready' && state.type !== 'running'}
            onClick={() => (state.type === 'running' ? stop() : void score())}
          >
            {state.type === 'running' ? 'Stop scoring' : 'Score with the model'}
          </Button>
          {state.type === 'running' && state.totalTokens > 0 && (
            <span className="num text-ink-2">
              {formatCount(state.doneTokens)}/{formatCount(state.totalTokens)}
            </span>
          )}
        </>
      )}
      {!scored && loaded && !loaded.scoresTokens && (
        <p className="mt-1 text-ink-3">The loaded model’s engine gives no probabilities of words, so this stays an estimate.</p>
      )}
      {state.type === 'failed' && (
        <p role="alert" className="mt-1 text-bad">
          {state.words}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          kind="outline"
          disabled={cuts.length === 0 || sent !== undefined}
          onClick={() => tryShortening(item.key, shorter.shortening, stored)}
        >
          Send it shortened
        </Button>
        {item.shortened && (
          <Button kind="outline" onClick={() => tryShortening(item.key, undefined, stored)}>
            Send it whole
          </Button>
        )}
      </div>
    </section>
  )
}
