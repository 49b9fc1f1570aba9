import type { EngineState } from '#runtime/state.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { ChooseAnother } from './ChooseAnother.tsx'
import { RunOnCpu } from './RunOnCpu.tsx'

/** The engine failed and is not tried again by itself: what may help is for a person to decide. */
export function EngineFailed({ engine: { model, problem } }: { readonly engine: Extract<EngineState, { type: 'error' }> }) {
  const { loadModel } = useActions()
  const toFetch = model.source === 'hub' && (problem.type === 'engine/file-missing' || problem.type === 'engine/wrong-digest')
  return (
    <ProblemNote alert problem={problem}>
      {problem.type === 'engine/own-file-lost' ? null : toFetch ? (
        <a href={`/get.html?model=${encodeURIComponent(model.id)}`} className={buttonClass('primary')}>
          Download what is missing
        </a>
      ) : (
        <Button kind="primary" onClick={() => void loadModel(model.id)}>
          Load {model.name} again
        </Button>
      )}
      <RunOnCpu model={model} problem={problem} />
      <ChooseAnother />
    </ProblemNote>
  )
}
