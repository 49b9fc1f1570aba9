import { FileText, History, Receipt, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Memory } from '#memory/memory.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useActions } from '#ui/longhand-context.tsx'

type Props = {
  readonly memory: Memory
  readonly earlierVersions: number
  readonly onClose: () => void
}

/** Asks before a summary is taken out, and says what that touches and what it does not. */
export function ForgetDialog({ memory, earlierVersions, onClose }: Props) {
  const { retireMemory } = useActions()
  const sources = new Set(memory.evidence.map((span) => span.messageId)).size
  return (
    <Dialog
      title="Forget this summary?"
      lead="It goes into no prompt any more. It can be brought back from the end of the memory page."
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="destructive"
            onClick={() => {
              void retireMemory(memory.id)
              onClose()
            }}
          >
            Forget it
          </Button>
        </>
      }
    >
      <ul className="my-3.5 text-sm">
        <Touched icon={X} title="The summary leaves every later prompt" note="the next one starts a new epoch and is read anew" />
        {earlierVersions > 0 && (
          <Touched
            icon={History}
            title={`${formatPlural(earlierVersions, 'earlier version')} ${earlierVersions === 1 ? 'stays' : 'stay'} in its history`}
            note="none of them comes back into force by itself"
          />
        )}
        <Touched
          icon={FileText}
          title="The messages stay in their conversation"
          note={`${formatPlural(sources, 'message')} it was made from; they can be summarised again`}
        />
        <Touched icon={Receipt} title="Receipts that showed it stay as they are" note="they record what was sent then" />
      </ul>
      <p className="text-xs text-ink-3">A backup that you made before still holds it. Longhand cannot reach that file.</p>
    </Dialog>
  )
}

function Touched({ icon, title, note }: { readonly icon: typeof X; readonly title: ReactNode; readonly note: string }) {
  return (
    <li className="grid grid-cols-[1.125rem_minmax(0,1fr)] gap-2 border-line border-t py-1.5">
      <Icon of={icon} className="mt-0.5 text-ink-2" />
      <span>
        {title}
        <small className="block text-xs text-ink-3">{note}</small>
      </span>
    </li>
  )
}
