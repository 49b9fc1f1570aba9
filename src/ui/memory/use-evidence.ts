import { useEffect, useState } from 'react'
import type { Message } from '#chat/message.ts'
import type { Span } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { useActions } from '#ui/longhand-context.tsx'

/** The messages that spans point into, by id; undefined until they were read. Missing ones are deleted or damaged. */
export function useEvidence(spans: readonly Span[]): ReadonlyMap<MessageId, Message> | undefined {
  const { readMessages } = useActions()
  const [messages, setMessages] = useState<ReadonlyMap<MessageId, Message>>()
  const wanted = [...new Set(spans.map((span) => span.messageId))].sort().join(' ')
  useEffect(() => {
    let current = true
    const ids = wanted === '' ? [] : (wanted.split(' ') as MessageId[])
    void readMessages(ids).then((found) => {
      if (current) setMessages(new Map(found.map((message) => [message.id, message])))
    })
    return () => {
      current = false
    }
  }, [readMessages, wanted])
  return messages
}
