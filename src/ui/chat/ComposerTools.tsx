import { BookOpenText, BookX } from 'lucide-react'
import { Link } from 'wouter'
import type { Conversation } from '#chat/conversation.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

/** What a message will be sent with: memory on or off, and the model, which leads to the others. */
export function ComposerTools({ conversation }: { readonly conversation: Conversation }) {
  const everywhere = useLonghand((state) => state.settings.memory)
  const model = useLonghand((state) => (state.engine.type === 'none' ? undefined : state.engine.model.name))
  const { setMemory } = useActions()
  const on = everywhere && conversation.memory && !conversation.temporary
  const fixed = conversation.temporary
    ? 'A temporary chat reads and writes no memory'
    : everywhere
      ? undefined
      : 'Memory is switched off for all conversations, in Settings'
  return (
    <>
      <Button
        className="touch:min-h-11! min-h-7.5! text-ink-2 disabled:bg-transparent"
        disabled={fixed !== undefined}
        title={fixed ?? (on ? 'Memory is read and written' : 'Memory is neither read nor written in this conversation')}
        onClick={() => void setMemory(conversation.id, !conversation.memory)}
      >
        <Icon of={on ? BookOpenText : BookX} />
        {on ? 'Memory on' : 'Memory off'}
      </Button>
      {model && (
        <Link href="/models" className={buttonClass('plain', 'touch:min-h-11! min-h-7.5! min-w-0 shrink text-ink-2')}>
          <span className="truncate">{model}</span>
        </Link>
      )}
    </>
  )
}
