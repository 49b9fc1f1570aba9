import { useEffect } from 'react'
import { useLocation, useRoute } from 'wouter'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { conversationPath } from '#ui/kit/links.ts'
import { useActions, useLonghand, useLonghandStore } from '#ui/longhand-context.tsx'

/**
 * Keeps the address and the conversation on the screen in step. `/c/<id>` opens that one; `/` an empty one, which gets an
 * address of its own once its first message is on disk. Temporary conversations have no address.
 */
export function useChatRoute(): { readonly conversationId?: ConversationId; readonly targetId?: MessageId } {
  const actions = useActions()
  const store = useLonghandStore()
  const booted = useLonghand((state) => state.boot.type === 'ready')
  const openId = useLonghand((state) => state.open?.conversation.id)
  const hasMessages = useLonghand((state) => (state.open?.messages.length ?? 0) > 0)
  const [, navigate] = useLocation()
  const [, params] = useRoute('/c/:id/:messageId?')
  const conversationId = params?.id as ConversationId | undefined

  useEffect(() => {
    if (!booted) return
    const { open } = store.getState()
    if (conversationId) {
      if (open?.conversation.id !== conversationId) void actions.openConversation(conversationId)
    } else if (!open || (open.messages.length > 0 && !open.conversation.temporary)) actions.newConversation()
  }, [booted, conversationId, actions, store])

  useEffect(() => {
    const { open } = store.getState()
    if (conversationId || !openId || !hasMessages || !open || open.conversation.id !== openId) return
    if (open.messages.length > 0 && !open.conversation.temporary) navigate(conversationPath(openId), { replace: true })
  }, [conversationId, openId, hasMessages, store, navigate])

  return {
    ...(conversationId ? { conversationId } : {}),
    ...(params?.messageId ? { targetId: params.messageId as MessageId } : {}),
  }
}
