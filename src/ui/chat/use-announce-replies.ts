import { useEffect } from 'react'
import type { LonghandState } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'
import { announce } from '#ui/kit/announcement.ts'
import { useLonghandStore } from '#ui/longhand-context.tsx'
import { spokenText, wholeSentences } from './spoken-text.ts'

const everyMs = 2000

/** Tells screen readers of replies in the open conversation: whole sentences as they come, or the finished reply, by setting. */
export function useAnnounceReplies(): void {
  const store = useLonghandStore()
  useEffect(() => {
    let replyId: MessageId | undefined
    let spoken = 0
    let begun = 0
    let saidAt = 0
    const listen = (state: LonghandState) => {
      const { open, live, settings } = state
      const reply = open && live[open.conversation.id]
      if (reply && reply.replyId !== replyId) {
        replyId = reply.replyId
        spoken = reply.text.length
        // What a reply that is continued said before was heard before.
        begun = reply.phase === 'writing' ? 0 : reply.text.length
        announce('The model is replying')
      } else if (reply && settings.announce === 'sentences' && performance.now() - saidAt > everyMs) {
        const next = wholeSentences(reply.text, spoken)
        if (next.text.trim() !== '') {
          announce(spokenText(next.text))
          spoken = next.end
          saidAt = performance.now()
        }
      } else if (!reply && replyId) {
        const message = open?.messages.find(({ id }) => id === replyId)
        if (!message) return
        replyId = undefined
        const text = message.text.slice(settings.announce === 'sentences' ? spoken : begun)
        const ends = {
          complete: '',
          interrupted: 'Interrupted.',
          stopped: 'Stopped.',
          error: message.error ?? 'The reply failed.',
        }
        announce(`${spokenText(text)} ${ends[message.status]}`.trim() || 'The reply is finished')
      }
    }
    return store.subscribe(listen)
  }, [store])
}
