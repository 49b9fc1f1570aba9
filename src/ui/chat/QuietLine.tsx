import { useEffect } from 'react'
import type { MessageId } from '#shared/ids.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { closeReceipt, openReceipt, shownReply, useShell } from '#ui/shell/shell-state.ts'
import { quietWords } from './quiet-words.ts'

/** One line of figures under a reply; it opens the receipt. On a phone the words go and the figures stay. */
export function QuietLine({ id }: { readonly id: MessageId }) {
  const manifest = useLonghand((state) => state.manifests[id])
  const { loadManifest } = useActions()
  const open = useShell((state) => shownReply(state) === id)
  useEffect(() => {
    if (manifest === undefined) void loadManifest(id)
  }, [manifest, loadManifest, id])
  const stored = typeof manifest === 'object' ? manifest : undefined
  const words = stored ? quietWords(stored) : manifest === 'missing' ? 'No receipt on disk' : undefined
  return (
    <button
      type="button"
      aria-label={words ? `Receipt: ${words}` : 'Receipt'}
      aria-expanded={open}
      onClick={() => (open ? closeReceipt() : openReceipt(id))}
      className="cursor-pointer rounded-sm py-1 text-left decoration-accent decoration-2 underline-offset-[5px] touch:min-h-11 hover:text-ink aria-expanded:text-ink aria-expanded:underline"
    >
      <span className="phone:hidden">{words ?? 'Receipt'}</span>
      <span className="hidden phone:inline">{stored ? quietWords(stored, true) : (words ?? 'Receipt')}</span>
    </button>
  )
}
