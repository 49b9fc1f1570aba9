import type { ReactNode } from 'react'
import { noWishes, type WishChange } from '#chat/prompt-wishes.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

const next = { type: 'next' } as const

/** Hides something from the prompts of the open chat, or pins it for them; nothing is deleted, and a notice undoes it. */
export function WishButtons({ itemKey, children }: { readonly itemKey: string; readonly children?: ReactNode }) {
  const { applyPlan } = useActions()
  const hidden = useLonghand((state) => (state.open?.conversation.wishes ?? noWishes).hidden.includes(itemKey))
  const pinned = useLonghand((state) => (state.open?.conversation.wishes ?? noWishes).pinned.includes(itemKey))
  const change = (type: Extract<WishChange, { key: string }>['type']) => void applyPlan(next, [{ type, key: itemKey }])
  return (
    <div className="mt-1 -ml-1.5 flex flex-wrap gap-x-1">
      <Button kind="text" onClick={() => change(hidden ? 'show' : 'hide')}>
        {hidden ? 'Show in prompts again' : 'Hide from prompts'}
      </Button>
      <Button kind="text" onClick={() => change(pinned ? 'unpin' : 'pin')}>
        {pinned ? 'Unpin' : 'Pin for this chat'}
      </Button>
      {children}
    </div>
  )
}
