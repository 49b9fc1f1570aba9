import { useMemo } from 'react'
import type { Message } from '#chat/message.ts'
import type { Manifest } from '#context/manifest.ts'
import type { LonghandState } from '#runtime/state.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { type WindowStart, windowStart } from './window-start.ts'

/** The receipt that the window is drawn from: of the next prompt where it is known, else of the last one. */
export function currentManifest(state: LonghandState): Manifest | undefined {
  if (state.preview && state.preview.manifest.conversationId === state.open?.conversation.id) return state.preview.manifest
  return lastManifest(state)
}

/** The receipt of the newest reply on the branch shown. */
function lastManifest(state: LonghandState): Manifest | undefined {
  const reply = state.open?.messages.findLast(({ role }) => role === 'assistant')
  const stored = reply && state.manifests[reply.id]
  return stored === 'missing' ? undefined : stored
}

/** Where the window begins among the messages loaded; the same object until it moves. */
export function useWindowStart(messages: readonly Message[], complete: boolean): WindowStart | undefined {
  const key = useLonghand((state) => {
    const manifest = currentManifest(state)
    const start = manifest && windowStart(manifest, messages, complete)
    return start ? JSON.stringify(start) : undefined
  })
  return useMemo(() => (key ? (JSON.parse(key) as WindowStart) : undefined), [key])
}
