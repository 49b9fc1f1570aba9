import { ChevronRight } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { Message, Thought } from '#chat/message.ts'
import type { ConversationId } from '#shared/ids.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { thoughtWords } from './thought-words.ts'

type Props = {
  readonly message: Message | undefined
  readonly conversationId: ConversationId
  readonly tabStop: boolean
}

/** What a model thought before its reply: how long, and on demand the words. It is no part of what was said. */
export function ThoughtFold({ message, conversationId, tabStop }: Props) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const live = useLonghand((state) => (message ? undefined : state.live[conversationId]))
  const last = useRef<Thought | undefined>(undefined)
  const thought = message ? message.thought : (live?.thought ?? last.current)
  last.current = thought
  if (!thought) return null
  return (
    <div className="mb-2 text-ink-2">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        tabIndex={tabStop || !message ? 0 : -1}
        onClick={() => setOpen(!open)}
        className="-ml-1 flex min-h-7 touch:min-h-11 cursor-pointer items-center gap-1 rounded-md px-1 text-xs text-ink-3 hover:text-ink"
      >
        <Icon of={ChevronRight} size={14} className={open ? 'rotate-90' : ''} />
        <span className="num">{thoughtWords(thought, live?.phase === 'thinking')}</span>
      </button>
      <div id={id} hidden={!open} className="mt-1 border-line border-l-2 pl-3 text-sm">
        <p className="sr-only">Thought</p>
        <p className="whitespace-pre-wrap break-words">{thought.text.trim()}</p>
      </div>
    </div>
  )
}
