import { useEffect, useMemo, useState } from 'react'
import { forgetOps, planForget } from '#memory/plan-forget.ts'
import type { MemoryId, OpId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ForgetPlanList } from './ForgetPlanList.tsx'
import { ForgetProof } from './ForgetProof.tsx'

/** Says what forgetting a memory touches, does it, and shows what became of each. */
export function ForgetDialog({ id, onClose }: { readonly id: MemoryId; readonly onClose: () => void }) {
  const memories = useLonghand((state) => state.memories)
  const { changeMemory, undoOps } = useActions()
  const [plan] = useState(() => planForget(new Map(memories.map((one) => [one.id, one])), id))
  const [withSummaries, setWithSummaries] = useState(true)
  const [withFacts, setWithFacts] = useState(false)
  const [done, setDone] = useState<readonly OpId[]>()
  const ids = useMemo(() => (plan ? [plan.memory.id, ...plan.earlier.map((one) => one.id)] : []), [plan])
  const receipts = useReceiptCount(ids)
  if (!plan) return null
  const chosen = [...(withSummaries ? plan.summaries : []), ...(withFacts ? plan.facts : [])]
  const name = plan.memory.kind === 'summary' ? 'this summary' : `“${clip(plan.memory.text)}”`

  async function forget() {
    if (!plan) return
    const ops = await changeMemory(forgetOps(plan, chosen))
    if (ops.length > 0) setDone(ops)
  }

  if (done)
    return (
      <Dialog
        title="Forgotten"
        lead="Memory was read again after the change. This is what it holds now."
        onClose={onClose}
        foot={
          <>
            <Button
              onClick={() => {
                void undoOps(done)
                onClose()
              }}
            >
              Undo
            </Button>
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </>
        }
      >
        <ForgetProof plan={plan} chosen={chosen} receipts={receipts} />
      </Dialog>
    )
  return (
    <Dialog
      title={`Forget ${name}?`}
      lead="It goes into no prompt any more. It can be brought back from the end of the memory page."
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button kind="destructive" onClick={() => void forget()}>
            Forget it
          </Button>
        </>
      }
    >
      <ForgetPlanList
        plan={plan}
        receipts={receipts}
        withSummaries={withSummaries}
        withFacts={withFacts}
        onSummaries={setWithSummaries}
        onFacts={setWithFacts}
      />
      <p className="text-xs text-ink-3">The log of changes still holds its words, and so does a backup that you made before.</p>
    </Dialog>
  )
}

/** Receipts that show one of the memories; undefined while they are looked through. */
function useReceiptCount(ids: readonly MemoryId[]): number | undefined {
  const { countReceipts } = useActions()
  const [count, setCount] = useState<number>()
  useEffect(() => {
    const abort = new AbortController()
    void countReceipts(ids, abort.signal).then((found) => {
      if (!abort.signal.aborted) setCount(found)
    })
    return () => abort.abort()
  }, [countReceipts, ids])
  return count
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 58)}…` : text
}
