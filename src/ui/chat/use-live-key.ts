import { useEffect, useState } from 'react'
import type { Message } from '#chat/message.ts'
import type { ConversationId } from '#shared/ids.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import type { LiveKey } from './transcript-rows.ts'

const keptMs = 2000

/**
 * The reply on its way. One that has just ended stays until its message has been read from disk, so that it does not
 * vanish for a moment in between; where no message comes, since the turn failed before the first word, it goes.
 */
export function useLiveKey(conversationId: ConversationId, messages: readonly Message[]): LiveKey | undefined {
  const replyId = useLonghand((state) => state.live[conversationId]?.replyId)
  const parentId = useLonghand((state) => state.live[conversationId]?.parentId)
  const failed = useLonghand((state) => state.turnProblem?.conversationId === conversationId)
  const [kept, setKept] = useState<LiveKey>()
  if (replyId && parentId && kept?.replyId !== replyId) setKept({ replyId, parentId })
  const ended = replyId === undefined && kept !== undefined
  const over = ended && (failed || messages.some(({ id }) => id === kept.replyId))
  useEffect(() => {
    if (!ended) return
    const timer = setTimeout(() => setKept(undefined), over ? 0 : keptMs)
    return () => clearTimeout(timer)
  }, [ended, over])
  if (replyId && parentId) return kept?.replyId === replyId ? kept : { replyId, parentId }
  return over ? undefined : kept
}
