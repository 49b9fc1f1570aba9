import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { useActions } from '#ui/longhand-context.tsx'
import { closeReceipt, setDrawerOpen } from './shell-state.ts'

/** Opens an empty conversation and puts the caret into the composer. */
export function useNewChat(): (options?: { readonly temporary?: boolean }) => void {
  const actions = useActions()
  const [, navigate] = useLocation()
  return useCallback(
    (options) => {
      actions.newConversation(options)
      navigate('/')
      closeReceipt()
      setDrawerOpen(false)
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-composer]')?.focus())
    },
    [actions, navigate],
  )
}
