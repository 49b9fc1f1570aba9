import { CircleHelp, Pin, PinOff, Undo2, X } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { effectiveOps } from '#memory/effective-ops.ts'
import type { Memory } from '#memory/memory.ts'
import { versionsOf } from '#memory/summary-for-path.ts'
import { valuesBefore } from '#memory/values-before.ts'
import { turnNumbers } from '#ui/inspector/turn-numbers.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { EditDialog } from './EditDialog.tsx'
import { FactBody } from './FactBody.tsx'
import { ForgetDialog } from './ForgetDialog.tsx'
import { kindWords } from './memory-words.ts'
import { SummaryBody } from './SummaryBody.tsx'

const WhereMemory = lazy(async () => ({ default: (await import('./whereabouts/WhereMemory.tsx')).WhereMemory }))

type Props = {
  readonly memory: Memory
  /** Memory as it is shown: as of today, or of a day in the past. */
  readonly memories: readonly Memory[]
  readonly now: number
  /** Set in the past: then nothing can be changed. */
  readonly asOf: number | undefined
  readonly onShow: (id: Memory['id']) => void
  readonly onClose: () => void
}

/** One memory beside the list, with what can be done about it. */
export function MemoryDetail({ memory, memories, now, asOf, onShow, onClose }: Props) {
  const open = useLonghand((state) => state.open)
  const ops = useLonghand((state) => state.memoryOps)
  const title = useLonghand((state) => state.conversations.find((one) => one.id === memory.conversationId)?.title)
  const { changeMemory, undoOps } = useActions()
  const [dialog, setDialog] = useState<'edit' | 'forget' | 'where'>()
  const byId = useMemo(() => new Map(memories.map((one) => [one.id, one])), [memories])
  const earlier = useMemo(() => valuesBefore(byId, memory.id), [byId, memory.id])
  const versions = versionsOf(byId, memory.id).toReversed()
  const summary = memory.kind === 'summary'
  const isHead = summary ? (versions[0] ?? memory).id === memory.id : memory.replacedBy === undefined
  const turnOf = turnNumbers(open)

  function bringBack() {
    const retire = effectiveOps(ops).applied.findLast((op) => op.type === 'retire' && op.memoryId === memory.id)
    if (retire) void undoOps([retire.id])
  }
  function undoLast() {
    const making = effectiveOps(ops).applied.findLast(
      (op) => 'memory' in op && (op.memory.id === memory.id || versions.some(({ id }) => id === op.memory.id)),
    )
    if (making) void undoOps([making.id])
  }

  return (
    <>
      <header className="flex h-13 flex-none items-center gap-0.5 pr-2.5 pl-5 phone:pr-1 phone:pl-4">
        <h2 className="truncate text-base font-semibold">{summary ? (title ?? 'Summary') : memory.text}</h2>
        <span className="ml-2 flex-none text-xs text-ink-3">
          {summary
            ? `summary, version ${versions.length - versions.findIndex(({ id }) => id === memory.id)}`
            : kindWords[memory.kind].one.toLowerCase()}
        </span>
        <span className="flex-1" />
        {isHead && !memory.retired && asOf === undefined && (
          <IconButton
            icon={memory.pinned ? PinOff : Pin}
            label={memory.pinned ? 'Unpin' : 'Pin'}
            hint={summary ? 'a pinned summary is never dropped' : 'what is pinned goes into every prompt'}
            aria-pressed={memory.pinned}
            onClick={() => void changeMemory([{ type: 'pin', memoryId: memory.id, pinned: !memory.pinned }])}
          />
        )}
        {asOf === undefined && <IconButton icon={CircleHelp} label="Was it remembered?" onClick={() => setDialog('where')} />}
        <IconButton icon={X} label="Close memory" keys="Esc" onClick={onClose} />
      </header>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto px-5 pt-0.5 pb-4 phone:px-4">
        {summary ? (
          <SummaryBody memory={memory} versions={versions} turnOf={turnOf} now={now} onShow={onShow} />
        ) : (
          <FactBody memory={memory} earlier={earlier} memories={byId} turnOf={turnOf} now={now} asOf={asOf} onShow={onShow} />
        )}
      </div>
      {isHead && asOf === undefined && (
        <footer className="grid flex-none auto-cols-fr grid-flow-col gap-1.5 border-line border-t px-5 pt-2.5 pb-3.5 phone:px-4 phone:pb-[max(10px,env(safe-area-inset-bottom))]">
          {memory.retired ? (
            <Button kind="outline" onClick={bringBack}>
              <Icon of={Undo2} />
              Bring it back
            </Button>
          ) : (
            <>
              {summary && (
                <Button kind="outline" onClick={undoLast}>
                  <Icon of={Undo2} />
                  Undo
                </Button>
              )}
              <Button kind="outline" onClick={() => setDialog('edit')}>
                Correct it…
              </Button>
              <Button kind="outline" onClick={() => setDialog('forget')}>
                Forget…
              </Button>
            </>
          )}
        </footer>
      )}
      {dialog === 'edit' && (
        <EditDialog
          memory={memory}
          onClose={(id) => {
            setDialog(undefined)
            if (id) onShow(id)
          }}
        />
      )}
      {dialog === 'where' && (
        <Suspense>
          <WhereMemory
            memory={memory}
            others={new Set([...versions, ...earlier].map(({ id }) => id).filter((id) => id !== memory.id))}
            onClose={() => setDialog(undefined)}
          />
        </Suspense>
      )}
      {dialog === 'forget' && <ForgetDialog id={memory.id} onClose={() => setDialog(undefined)} />}
    </>
  )
}
