import type { ConversationId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { Detail } from './ModelGate.tsx'

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
    <div role="alert" className="mt-2 mb-3 pl-4 shadow-[inset_3px_0_0_var(--color-warn)]">
      <p className="font-semibold">{failed.title}</p>
      <p className="max-w-152 text-ink-2">{failed.advice}</p>
      {failed.detail && <Detail text={failed.detail} />}
      <div className="mt-2 flex flex-wrap gap-1.5">
        {unanswered && ready && (
          <Button kind="primary" onClick={() => void regenerate(unanswered)}>
            Try again
          </Button>
        )}
        <Button kind={unanswered && ready ? 'plain' : 'outline'} onClick={dismissTurnProblem}>
          Dismiss
        </Button>
      </div>
    </div>
  )
}
