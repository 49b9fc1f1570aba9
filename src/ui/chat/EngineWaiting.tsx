import { useEffect, useState } from 'react'
import type { EngineState } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatDuration } from '#ui/kit/format.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { RunOnCpu } from './RunOnCpu.tsx'

const refused = {
  title: 'The browser holds the GPU back.',
  advice:
    'After the GPU failed twice, browsers give pages none for about two minutes. Reloading the page yourself may bring it back at once.',
}

/** The model is loaded again by itself in a while: when, why, and the ways round it. */
export function EngineWaiting({
  engine: { model, problem, until },
}: {
  readonly engine: Extract<EngineState, { type: 'waiting' }>
}) {
  const { tryLoadNow, cancelLoad } = useActions()
  const left = useSecondsLeft(until)
  const told = problem.type === 'engine/no-gpu' ? { ...problem, ...refused } : problem
  return (
    <ProblemNote alert tone="warn" problem={told}>
      <p role="timer" className="w-full text-ink-2">
        {model.name} is loaded again
        {left > 0 && (
          <>
            {' by itself in '}
            <span className="num">{formatDuration(left)}</span>
          </>
        )}
        .
      </p>
      <Button kind="outline" onClick={tryLoadNow}>
        Try now
      </Button>
      <RunOnCpu model={model} problem={problem} />
      <Button kind="text" onClick={cancelLoad}>
        Stop trying
      </Button>
    </ProblemNote>
  )
}

/** Whole seconds until a time, counted down. */
function useSecondsLeft(until: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((until - now) / 1000))
}
