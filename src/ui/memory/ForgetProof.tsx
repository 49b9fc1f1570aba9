import { Check, FileText, Receipt, TriangleAlert } from 'lucide-react'
import { inForce } from '#memory/in-force.ts'
import { type ForgetPlan, planForget, type Touched } from '#memory/plan-forget.ts'
import { formatPlural } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { Line, receiptWords } from './ForgetPlanList.tsx'

type Props = { readonly plan: ForgetPlan; readonly chosen: readonly Touched[]; readonly receipts: number | undefined }

/** What became of everything that a plan named, read from memory as it is now. */
export function ForgetProof({ plan, chosen, receipts }: Props) {
  const memories = useLonghand((state) => state.memories)
  const state = new Map(memories.map((one) => [one.id, one]))
  const now = Date.now()
  const own = [plan.memory, ...plan.earlier]
  const left = own.filter(({ id }) => {
    const one = state.get(id)
    return one !== undefined && inForce(one, now)
  }).length
  const again = planForget(state, plan.memory.id)
  const still = [...(again?.summaries ?? []), ...(again?.facts ?? [])].length
  const kept = plan.summaries.length + plan.facts.length - chosen.length
  return (
    <ul className="my-3.5 text-sm">
      <Line
        icon={left === 0 ? Check : TriangleAlert}
        title={own.length === 1 ? 'Taken out' : `Taken out with ${formatPlural(own.length - 1, 'earlier value')}`}
        note={`${left} of ${own.length} left that a prompt can hold`}
      />
      {chosen.length > 0 && (
        <Line
          icon={still <= kept ? Check : TriangleAlert}
          title={`${formatPlural(chosen.length, 'other memory', 'other memories')} written again without it`}
          note={`${Math.max(0, still - kept)} of ${chosen.length} left that ${still - kept === 1 ? 'says' : 'say'} the same from the same words`}
        />
      )}
      {kept > 0 && (
        <Line
          icon={FileText}
          title={`${formatPlural(kept, 'memory', 'memories')} from the same words kept, as you chose`}
          note="they can be forgotten by themselves"
        />
      )}
      <Line
        icon={Receipt}
        title={receipts === undefined ? 'Receipts were not looked through to the end' : receiptWords(receipts)}
        note={receipts === 0 ? 'it was in no prompt' : 'they record what was sent then'}
      />
    </ul>
  )
}
