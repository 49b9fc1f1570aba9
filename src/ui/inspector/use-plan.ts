import { useEffect, useState } from 'react'
import type { PlanChange } from '#context/assemble-with.ts'
import type { Planned, PlanTarget } from '#runtime/state.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

/** While a border is dragged a plan is made this often at most. */
const pauseMs = 60

/**
 * The plan of a prompt with changes, made anew whenever they, the text in the composer or memory change; the last one stays
 * until the next is there. `none`: there is no model to plan for.
 */
export function usePlan(target: PlanTarget, changes: readonly PlanChange[]): Planned | 'none' | undefined {
  const { planPrompt } = useActions()
  const preview = useLonghand((state) => state.preview)
  const [plan, setPlan] = useState<Planned | 'none'>()
  const settled = target.type === 'next' && changes.length === 0 ? preview : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: another preview means another text, branch, model or memory.
  useEffect(() => {
    if (settled) return
    let stale = false
    const timer = setTimeout(() => {
      void planPrompt(target, changes).then((made) => !stale && setPlan(made ?? 'none'))
    }, pauseMs)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [planPrompt, target, changes, settled, preview?.manifest])
  return settled ? { type: 'planned', ...settled } : plan
}
