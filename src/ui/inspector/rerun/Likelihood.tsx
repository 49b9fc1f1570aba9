import { Scale, Square } from 'lucide-react'
import type { Manifest } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { inputTokens } from '#ui/kit/window-bar/window-segments.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { likelihoodWords } from './likelihood-words.ts'
import { useLikelihood } from './use-likelihood.ts'

type Props = {
  readonly manifest: Manifest
  readonly recorded: string
  /** Refs of the items that are taken out. */
  readonly gone: ReadonlySet<string>
  readonly ready: boolean
}

/** Whether the recorded reply became more or less likely without some items: its log-probability after both prompts. */
export function Likelihood({ manifest, recorded, gone, ready }: Props) {
  const { state, start, stop } = useLikelihood(manifest, recorded)
  const scores = useLonghand(
    ({ engine }) => (engine.type === 'ready' || engine.type === 'generating') && engine.loaded.scoresTokens,
  )
  const written = manifest.actual?.outputTokens
  if (!scores)
    return (
      <p className="mt-3 text-xs text-ink-3">
        How likely the recorded reply is without an item is not compared: the loaded model’s engine gives no probabilities of
        words.
      </p>
    )
  return (
    <section aria-labelledby="likelihood" className="mt-4">
      <h4 id="likelihood" className="text-sm font-semibold">
        How likely the recorded reply is
      </h4>
      <p className="mt-0.5 text-xs text-ink-3">
        The model reads the prompt without the items and the recorded one, of{' '}
        <span className="num">{formatCount(inputTokens(manifest))}</span> tokens, and after each the reply
        {written !== undefined && (
          <>
            , <span className="num">{formatCount(written)}</span> tokens
          </>
        )}{' '}
        one by one.
      </p>
      <div className="mt-2">
        {state.type === 'running' ? (
          <Button kind="outline" onClick={stop}>
            <Icon of={Square} />
            Stop scoring
          </Button>
        ) : (
          <Button kind="outline" disabled={!ready || gone.size === 0} onClick={() => void start(gone)}>
            <Icon of={Scale} />
            Compare how likely
          </Button>
        )}
      </div>
      <p role="status" className={`mt-2 text-sm ${state.type === 'failed' ? 'text-bad' : 'text-ink'}`}>
        {state.type === 'running' &&
          `Prompt ${state.which} of 2${state.totalTokens > 0 ? `, token ${formatCount(state.doneTokens)} of ${formatCount(state.totalTokens)}` : ''}…`}
        {state.type === 'failed' && state.words}
        {state.type === 'ended' && `${likelihoodWords(state.change)} Scored by ${state.model} on this device.`}
      </p>
    </section>
  )
}
