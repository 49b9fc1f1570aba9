import type { ConversationId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'

/** The last failed turn: what is wrong, what it means, what to do. The message itself is kept. */
export function TurnProblem({ conversationId }: { readonly conversationId: ConversationId }) {
  const failed = useLonghand((state) =>
    state.turnProblem?.conversationId === conversationId ? state.turnProblem.problem : undefined,
  )
  const unanswered = useLonghand((state) => {
    const last = state.open?.messages.at(-1)
    return last?.role === 'user' ? last.id : undefined
  })
  // While the engine tells of the same failure, that is where the way out is.
  const told = useLonghand((state) => state.engine.type === 'error' && state.engine.problem.type === failed?.type)
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const { dismissTurnProblem, regenerate } = useActions()
  if (!failed || told) return null
  return (
    <div className="mt-2 mb-3">
      <ProblemNote alert tone="warn" problem={failed}>
        {unanswered && ready && (
          <Button kind="primary" onClick={() => void regenerate(unanswered)}>
            Try again
          </Button>
        )}
        <Button kind={unanswered && ready ? 'plain' : 'outline'} onClick={dismissTurnProblem}>
          Dismiss
        </Button>
      </ProblemNote>
    </div>
  )
}
