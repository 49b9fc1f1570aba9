import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { MessageId } from '#shared/ids.ts'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

/** "2/2" with the way to the other versions of a message; nothing where there is one only. */
export function Versions({ id, tabIndex }: { readonly id: MessageId; readonly tabIndex: number }) {
  const siblings = useLonghand((state) => state.open?.siblings[id])
  const { showSibling } = useActions()
  if (!siblings || siblings.length < 2) return null
  const at = siblings.indexOf(id)
  const step = (to: number) => {
    const target = siblings[to]
    return target === undefined ? { disabled: true } : { onClick: () => void showSibling(target) }
  }
  return (
    <span className="mx-0.5 inline-flex items-center text-xs text-ink-2">
      <IconButton small icon={ChevronLeft} label="Previous version" tabIndex={tabIndex} {...step(at - 1)} />
      <span className="num" aria-hidden="true">
        {at + 1}/{siblings.length}
      </span>
      <span className="sr-only">
        version {at + 1} of {siblings.length}
      </span>
      <IconButton small icon={ChevronRight} label="Next version" tabIndex={tabIndex} {...step(at + 1)} />
    </span>
  )
}
