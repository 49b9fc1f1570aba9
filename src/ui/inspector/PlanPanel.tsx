import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type BudgetName, noWishes, type WishChange } from '#chat/prompt-wishes.ts'
import type { PlanChange } from '#context/assemble-with.ts'
import { Button } from '#ui/kit/Button.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { type OpenReceipt, openPlan } from '#ui/shell/shell-state.ts'
import { BudgetBorders } from './BudgetBorders.tsx'
import { PlanChanges } from './PlanChanges.tsx'
import { PlanCost } from './PlanCost.tsx'
import { Receipt } from './Receipt.tsx'
import { usePlan } from './use-plan.ts'
import { WishList } from './WishList.tsx'

type Props = { readonly plan: Extract<OpenReceipt, { view: 'plan' }>; readonly onClose: () => void }

const unchanged: readonly PlanChange[] = []

/** A prompt before it is sent, laid by the function that lays the real one; changes are looked at here before they are applied. */
export function PlanPanel({ plan: { target, changes, focus }, onClose }: Props) {
  const { applyPlan, setWishes } = useActions()
  const conversation = useLonghand((state) => state.open?.conversation)
  const uncounted = useLonghand(({ engine }) => engine.type !== 'ready' && engine.type !== 'generating')
  const wishes = conversation?.wishes ?? noWishes
  const base = usePlan(target, unchanged)
  const trial = usePlan(target, changes)
  const [applied, setApplied] = useState(false)
  // While the first plan with changes is laid the one without stays: what was opened in it stays open.
  const shown = changes.length > 0 ? (trial ?? base) : base
  const manifest = typeof shown === 'object' && shown.type === 'planned' ? shown.manifest : undefined
  const before = typeof base === 'object' && base.type === 'planned' ? base.manifest : undefined
  const again = target.type === 'again'
  const budgets = useMemo(() => budgetsWith(wishes.budgets, changes), [wishes, changes])

  function setBudget(section: BudgetName, tokens: number | undefined) {
    const others = changes.filter((change) => change.type !== 'budget' || change.section !== section)
    const change: WishChange = tokens === undefined ? { type: 'budget', section } : { type: 'budget', section, tokens }
    openPlan(target, wishes.budgets[section] === tokens ? others : [...others, change])
  }

  return (
    <>
      <header className="flex h-13 flex-none items-center gap-0.5 pr-2.5 pl-5 phone:pr-1 phone:pl-4">
        <h2 className="text-base font-semibold">Plan</h2>
        <span className="ml-2 min-w-0 truncate text-xs text-ink-3">
          {again ? 'the reply, if it were made again now' : 'the next prompt, nothing is sent yet'}
        </span>
        <span className="flex-1" />
        <IconButton icon={X} label="Close plan" keys="Esc" onClick={onClose} />
      </header>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto px-5 pt-0.5 pb-6 phone:px-4">
        {manifest && (
          <Receipt manifest={manifest} focus={focus} plan={target}>
            {uncounted && <p className="mt-2.5 text-xs text-warn">No model is loaded here: tokens are estimated.</p>}
            <PlanCost manifest={manifest} target={target} />
            {!again && <BudgetBorders manifest={manifest} budgets={budgets} onChange={setBudget} />}
            <WishList
              wishes={wishes}
              manifest={manifest}
              onChange={(next) => conversation && void setWishes(conversation.id, next)}
            />
          </Receipt>
        )}
        {shown === undefined && <p className="text-sm text-ink-2">Laying the prompt…</p>}
        {shown === 'none' && (
          <p className="text-sm text-ink-2">There is no model on this device to plan a prompt for. Load one to see its plan.</p>
        )}
        {typeof shown === 'object' && shown.type === 'failed' && (
          <div role="alert" className="text-sm">
            <p className="font-semibold">{shown.problem.title}</p>
            <p className="mt-1 text-ink-2">{shown.problem.advice}</p>
            {changes.length > 0 && !applied && (
              <Button kind="outline" className="mt-3" onClick={() => openPlan(target)}>
                Discard the changes
              </Button>
            )}
          </div>
        )}
      </div>
      {manifest && before && trial && changes.length > 0 && (
        <PlanChanges
          before={before}
          after={manifest}
          changes={changes}
          again={again}
          onApply={() => {
            setApplied(true)
            void applyPlan(target, changes).then(() => (again ? onClose() : openPlan(target)))
          }}
          onDiscard={() => openPlan(target)}
        />
      )}
    </>
  )
}

function budgetsWith(
  budgets: Readonly<Partial<Record<BudgetName, number>>>,
  changes: readonly PlanChange[],
): Readonly<Partial<Record<BudgetName, number>>> {
  return changes.reduce((all, change) => {
    if (change.type !== 'budget') return all
    const { [change.section]: _before, ...others } = all
    return change.tokens === undefined ? others : { ...others, [change.section]: change.tokens }
  }, budgets)
}
