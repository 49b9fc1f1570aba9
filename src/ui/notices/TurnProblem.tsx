import { Link } from 'wouter'
import type { Message } from '#chat/message.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from './ProblemNote.tsx'

/** Why the last turn of the open conversation failed and what can be done, for the place above the composer. */
export function TurnProblem() {
  const failed = useLonghand((state) => state.turnProblem)
  const openId = useLonghand((state) => state.open?.conversation.id)
  const last = useLonghand((state) => state.open?.messages.at(-1))
  const engine = useLonghand((state) => state.engine)
  const { loadModel, dismissTurnProblem } = useActions()
  if (!failed || failed.conversationId !== openId) return null
  const { problem } = failed
  const stopped = engine.type === 'error'
  return (
    <div role="alert" className="mb-3">
      <ProblemNote problem={problem}>
        {stopped && (
          <Button kind="primary" onClick={() => void loadModel(engine.model.id)}>
            Load {engine.model.name} again
          </Button>
        )}
        {!stopped && engine.type !== 'none' && last && <Again message={last} />}
        <WayOut type={problem.type} />
        <Button onClick={dismissTurnProblem}>Dismiss</Button>
      </ProblemNote>
    </div>
  )
}

/** Goes on with what was cut, or asks for the reply that did not come. */
function Again({ message }: { readonly message: Message }) {
  const { regenerate, continueReply } = useActions()
  const cut = message.role === 'assistant' && message.status !== 'error' && message.status !== 'complete'
  return (
    <Button kind="primary" onClick={() => void (cut ? continueReply(message.id) : regenerate(message.id))}>
      {cut ? 'Continue the reply' : 'Ask for the reply again'}
    </Button>
  )
}

/** The page on which the cause can be mended. */
function WayOut({ type }: { readonly type: string }) {
  const toSettings = type === 'context/instructions-too-long' || type === 'storage/corrupt' || type === 'storage/wiped'
  const toModels = type.startsWith('engine/') || type === 'context/message-too-long' || type === 'storage/quota'
  if (!toSettings && !toModels) return null
  return (
    <Link href={toSettings ? '/settings' : '/models'} className={buttonClass('outline')}>
      Open {toSettings ? 'Settings' : 'Models'}
    </Link>
  )
}
