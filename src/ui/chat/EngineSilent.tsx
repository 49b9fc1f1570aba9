import type { Model } from '#ports/model.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'

/** The engine owes an answer and gives no sign of life: it may be busy, or hang. */
export function EngineSilent({ model }: { readonly model: Model }) {
  const { restartModel } = useActions()
  const problem = {
    type: 'engine/silent',
    title: `${model.name} does not answer.`,
    advice: `It may only be busy. After a minute without a sign of life it is ${
      model.source === 'remote' ? 'given up' : 'loaded anew by itself'
    }. What was written so far is on disk.`,
  }
  return (
    <ProblemNote alert tone="warn" problem={problem}>
      <Button kind="outline" onClick={restartModel}>
        Load it anew now
      </Button>
    </ProblemNote>
  )
}
