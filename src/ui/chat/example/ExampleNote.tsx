import { FlaskConical } from 'lucide-react'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { exampleQuestion } from '#runtime/example/example-talk.ts'
import type { OpenConversation } from '#runtime/state.ts'
import { fillComposer } from '#ui/chat/chat-state.ts'
import { forgetDraft, readDraft } from '#ui/chat/drafts.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { openThreeWays } from '#ui/shell/shell-state.ts'

/** What an example is, the next step with it, and the way out of it. */
export function ExampleNote({ open: { conversation, messages } }: { readonly open: OpenConversation }) {
  const { deleteConversation } = useActions()
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const [, navigate] = useLocation()
  const answered = messages.findLast(({ role, modelId }) => role === 'assistant' && modelId !== undefined)
  const asked = answered !== undefined || messages.at(-1)?.role === 'user'

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the example is opened.
  useEffect(() => {
    if (!asked && readDraft(conversation) === undefined) fillComposer(exampleQuestion)
  }, [])

  return (
    <aside
      aria-label="About this example"
      className="flex-none border-line border-b bg-rail px-6 py-2.5 text-sm text-ink-2 phone:px-4"
    >
      <div className="mx-auto flex w-full max-w-[calc(var(--container-measure)+5.5rem)] flex-wrap items-center gap-x-4 gap-y-2 pl-10 phone:pl-0">
        <p className="flex min-w-60 flex-1 gap-2.5">
          <Icon of={FlaskConical} className="mt-0.5 flex-none text-ink-3" />
          <span>
            <span className="font-semibold text-ink">An example.</span> We wrote both sides of it, no model did. Its memory stays
            within it, and goes with it. {answered ? 'Now see what memory was worth for this answer.' : ''}
            {!asked && 'The question below was answered in turn 2.'}
          </span>
        </p>
        <div className="flex gap-1.5 phone:-ml-3">
          {answered && (
            <Button
              kind="primary"
              className="phone:ml-3"
              disabled={!ready}
              title={ready ? undefined : 'A model must be loaded and free'}
              onClick={() => openThreeWays(answered.id)}
            >
              Answer three ways
            </Button>
          )}
          <Button
            onClick={() => {
              void deleteConversation(conversation.id)
              forgetDraft(conversation.id)
              navigate('/')
            }}
          >
            Remove example
          </Button>
        </div>
      </div>
    </aside>
  )
}
