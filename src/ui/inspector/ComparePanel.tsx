import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { comparePrompts, type ItemChange } from '#context/compare-prompts.ts'
import type { Manifest } from '#context/manifest.ts'
import type { OpenConversation } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'
import { formatCount, formatPlural, formatTime } from '#ui/kit/format.ts'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { Select } from '#ui/kit/Select.tsx'
import { WindowBar } from '#ui/kit/window-bar/WindowBar.tsx'
import { inputTokens } from '#ui/kit/window-bar/window-segments.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { openCompare } from '#ui/shell/shell-state.ts'
import { ItemChangeList } from './ItemChangeList.tsx'
import { PromptDiff } from './PromptDiff.tsx'
import { turnNumbers } from './turn-numbers.ts'
import { useReceipt } from './use-receipt.ts'

type Props = { readonly before: MessageId; readonly after: MessageId; readonly onClose: () => void }

const views = [
  { value: 'items', label: 'By item' },
  { value: 'text', label: 'By text' },
] as const

/** Two prompts of a conversation side by side: what entered, left, moved and was rewritten. */
export function ComparePanel({ before, after, onClose }: Props) {
  const old = useReceipt(before)
  const fresh = useReceipt(after)
  const [view, setView] = useState<'items' | 'text'>('items')
  const open = useLonghand((state) => state.open)
  const options = useMemo(() => repliesOf(open), [open])
  return (
    <>
      <header className="flex h-13 flex-none items-center gap-0.5 pr-2.5 pl-5 phone:pr-1 phone:pl-4">
        <h2 className="text-base font-semibold">Comparison</h2>
        <span className="ml-2 min-w-0 truncate text-xs text-ink-3">of two prompts of this chat</span>
        <span className="flex-1" />
        <IconButton icon={X} label="Close comparison" keys="Esc" onClick={onClose} />
      </header>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto px-5 pt-0.5 pb-6 phone:px-4">
        <Side label="From" value={before} options={options} manifest={old} onChange={(id) => openCompare(id, after)} />
        <Side label="To" value={after} options={options} manifest={fresh} onChange={(id) => openCompare(before, id)} />
        {old && fresh && (
          <>
            <div className="mt-4 mb-2">
              <Segmented label="Compare" hideLabel value={view} options={views} onChange={setView} />
            </div>
            {view === 'items' ? (
              <Items before={old} after={fresh} />
            ) : (
              <div data-wide>
                <PromptDiff before={old} after={fresh} />
              </div>
            )}
          </>
        )}
      </div>
    </>
  )
}

type Option = { readonly value: MessageId; readonly label: string }

function repliesOf(open: OpenConversation | undefined): readonly Option[] {
  const turns = turnNumbers(open)
  return (open?.messages ?? []).flatMap(({ id, role, createdAt }) => {
    const turn = turns.get(id)
    return role === 'assistant'
      ? [{ value: id, label: `${turn === undefined ? 'Reply' : `Turn ${turn}`}, ${formatTime(createdAt)}` }]
      : []
  })
}

type SideProps = {
  readonly label: string
  readonly value: MessageId
  readonly options: readonly Option[]
  readonly manifest: Manifest | 'missing' | undefined
  readonly onChange: (id: MessageId) => void
}

function Side({ label, value, options, manifest, onChange }: SideProps) {
  return (
    <div className="mt-2 first:mt-0">
      <div className="mb-1.5 flex items-center gap-3">
        <span aria-hidden="true" className="w-9 text-sm text-ink-2">
          {label}
        </span>
        <Select label={label} hideLabel value={value} options={options} onChange={onChange} />
        {typeof manifest === 'object' && (
          <span className="ml-auto text-xs text-ink-2">
            <span className="num text-ink">{formatCount(inputTokens(manifest))}</span> tokens
          </span>
        )}
      </div>
      {typeof manifest === 'object' && <WindowBar manifest={manifest} />}
      {manifest === undefined && <p className="text-xs text-ink-3">Reading the receipt…</p>}
      {manifest === 'missing' && (
        <p className="text-xs text-warn">This reply has no receipt on disk, so it cannot be compared.</p>
      )}
    </div>
  )
}

const groups: readonly { readonly type: ItemChange['type']; readonly label: string }[] = [
  { type: 'entered', label: 'Entered' },
  { type: 'left', label: 'Left' },
  { type: 'rewritten', label: 'Rewritten' },
  { type: 'moved', label: 'Moved' },
]

function Items({ before, after }: { readonly before: Manifest | 'missing'; readonly after: Manifest | 'missing' }) {
  const changes = useMemo(
    () => (before === 'missing' || after === 'missing' ? [] : comparePrompts(before, after)),
    [before, after],
  )
  if (before === 'missing' || after === 'missing') return null
  const kept = changes.filter(({ type }) => type === 'kept').length
  return (
    <>
      <p role="status" className="text-xs text-ink-2">
        {changes.length === kept
          ? 'Both prompts hold the same items in the same order.'
          : `${formatPlural(kept, 'item')} stayed as they were.`}
      </p>
      {groups.map(({ type, label }) => {
        const those = changes.filter((change) => change.type === type)
        if (those.length === 0) return null
        return (
          <section key={type} aria-label={label}>
            <h3 className="mt-3.5 flex items-baseline gap-2 text-sm font-semibold">
              {label}
              <span className="text-xs font-normal text-ink-3">{formatPlural(those.length, 'item')}</span>
            </h3>
            <ItemChangeList changes={those} />
          </section>
        )
      })}
    </>
  )
}
