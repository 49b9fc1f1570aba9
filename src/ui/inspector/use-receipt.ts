import { useEffect } from 'react'
import type { Manifest } from '#context/manifest.ts'
import type { MessageId } from '#shared/ids.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

/** The stored receipt of a reply, read when it is first asked for. */
export function useReceipt(replyId: MessageId): Manifest | 'missing' | undefined {
  const { loadManifest } = useActions()
  const stored = useLonghand((state) => state.manifests[replyId])
  useEffect(() => {
    if (stored === undefined) void loadManifest(replyId)
  }, [stored, loadManifest, replyId])
  return stored
}
