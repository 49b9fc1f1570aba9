import { TriangleAlert } from 'lucide-react'
import type { Message } from '#chat/message.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

type End = { readonly words: string; readonly action: 'Continue' | 'Try again' }

function endOf(message: Message, finishReason: string | undefined, tokens: number | undefined): End | undefined {
  const inThought = message.text === '' && message.thought?.end === ''
  const after = tokens ? ` after ${formatPlural(tokens, 'token')}` : ''
  switch (message.status) {
    case 'interrupted':
      return { words: 'Interrupted: the page closed while this was written. The text is kept.', action: 'Continue' }
    case 'stopped':
      if (inThought) return { words: `Stopped in its thought${after}. The thought is kept.`, action: 'Continue' }
      return message.text === ''
        ? { words: 'Stopped before the first word.', action: 'Try again' }
        : { words: `Stopped here${after}. The text is kept.`, action: 'Continue' }
    case 'error':
      return { words: message.error ?? 'The reply failed.', action: message.text === '' && !inThought ? 'Try again' : 'Continue' }
    default:
      if (finishReason === 'length' && inThought)
        return { words: `Cut in its thought${after}, the longest reply set in Settings.`, action: 'Continue' }
      if (finishReason === 'length') return { words: `Cut here${after}, the longest reply set in Settings.`, action: 'Continue' }
      return message.text.trim() === '' ? { words: 'The model ended its reply without a word.', action: 'Try again' } : undefined
  }
}

/** Why a reply ends where it does, when it did not end by itself, and how to go on. */
export function ReplyEnd({ message }: { readonly message: Message }) {
  const finishReason = useLonghand((state) => manifestOf(state.manifests[message.id])?.actual?.finishReason)
  const tokens = useLonghand((state) => manifestOf(state.manifests[message.id])?.actual?.outputTokens)
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const { continueReply, regenerate } = useActions()
  const end = endOf(message, finishReason, tokens)
  if (!end) return null
  const bad = message.status === 'error'
  return (
    <div className={`mt-2 flex items-center gap-x-2 text-xs phone:justify-between ${bad ? 'text-bad' : 'text-warn'}`}>
      <span className="flex min-w-0 gap-2 wrap-anywhere">
        <Icon of={TriangleAlert} />
        {end.words}
      </span>
      <Button
        kind="text"
        className="-my-1"
        disabled={!ready}
        title={ready ? undefined : 'A model must be loaded and free'}
        onClick={() => void (end.action === 'Continue' ? continueReply(message.id) : regenerate(message.id))}
      >
        {end.action}
      </Button>
    </div>
  )
}

function manifestOf<T>(stored: T | 'missing' | undefined): T | undefined {
  return stored === 'missing' ? undefined : stored
}
