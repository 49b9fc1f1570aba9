import { Eye, EyeOff, Pin, PinOff } from 'lucide-react'
import { noWishes } from '#chat/prompt-wishes.ts'
import type { MessageId } from '#shared/ids.ts'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

const next = { type: 'next' } as const

/** Hides a message from the prompts of its chat, or pins it for them; it stays where it is on the screen and on disk. */
export function WishTools({ id, tabIndex }: { readonly id: MessageId; readonly tabIndex: number }) {
  const { applyPlan } = useActions()
  const hidden = useLonghand((state) => (state.open?.conversation.wishes ?? noWishes).hidden.includes(id))
  const pinned = useLonghand((state) => (state.open?.conversation.wishes ?? noWishes).pinned.includes(id))
  return (
    <>
      <IconButton
        small
        icon={pinned ? PinOff : Pin}
        label={pinned ? 'Unpin' : 'Pin for prompts'}
        hint={pinned ? undefined : 'it is kept in the window of this chat'}
        tabIndex={tabIndex}
        aria-pressed={pinned}
        onClick={() => void applyPlan(next, [{ type: pinned ? 'unpin' : 'pin', key: id }])}
      />
      <IconButton
        small
        icon={hidden ? Eye : EyeOff}
        label={hidden ? 'Show in prompts' : 'Hide from prompts'}
        hint={hidden ? undefined : 'it stays here, the model no longer reads it'}
        tabIndex={tabIndex}
        aria-pressed={hidden}
        onClick={() => void applyPlan(next, [{ type: hidden ? 'show' : 'hide', key: id }])}
      />
    </>
  )
}

/** Says under a message what was set for it. */
export function WishMark({ id }: { readonly id: MessageId }) {
  const words = useLonghand(({ open }) => {
    const { hidden, pinned, shortened = {} } = open?.conversation.wishes ?? noWishes
    if (hidden.includes(id)) return 'Hidden from prompts'
    const marks = [...(pinned.includes(id) ? ['pinned'] : []), ...(shortened[id] ? ['shortened'] : [])]
    if (marks.length === 0) return undefined
    const words = `${marks.join(' and ')} for prompts`
    return words.charAt(0).toUpperCase() + words.slice(1)
  })
  return words ? <p className="mt-1 text-xs text-ink-3">{words}</p> : null
}
