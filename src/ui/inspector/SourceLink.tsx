import { Link } from 'wouter'
import type { Span } from '#memory/memory.ts'
import type { ConversationId, MemoryId, MessageId } from '#shared/ids.ts'
import { conversationPath } from '#ui/kit/links.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { memoryPath } from '#ui/memory/memory-path.ts'
import { turnNumbers } from './turn-numbers.ts'

/** What an item or a left-out candidate tells of its source. */
type Source = {
  readonly conversationId?: ConversationId
  readonly conversationTitle?: string
  readonly messageId?: MessageId
  readonly memoryId?: MemoryId
  readonly evidence: readonly Span[]
}

/** Where something came from, as a link: the message itself, or the memory it is. Nothing where it has no source. */
export function SourceLink({ source }: { readonly source: Source }) {
  const { conversationId, conversationTitle, messageId, memoryId, evidence } = source
  const open = useLonghand((state) => state.open)
  const title = useLonghand((state) => state.conversations.find((one) => one.id === conversationId)?.title)
  if (memoryId) {
    return (
      <Link href={memoryPath(memoryId)} className="link">
        open in Memory
      </Link>
    )
  }
  const target = messageId ?? evidence[0]?.messageId
  // The message of a plan is not stored yet.
  if (target === 'msg:unsent') return null
  const home = conversationId ?? evidence[0]?.conversationId
  if (!target || !home) return null
  const turn = turnNumbers(open).get(target)
  const here = open?.conversation.id === home
  const name = title ?? conversationTitle ?? 'another conversation'
  return (
    <Link href={conversationPath(home, target)} className="link">
      {here && turn !== undefined ? `turn ${turn}` : here ? 'earlier in this chat' : name}
    </Link>
  )
}
