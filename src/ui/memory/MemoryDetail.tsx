import { Pin, PinOff, Undo2, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Memory } from '#memory/memory.ts'
import { versionsOf } from '#memory/summary-for-path.ts'
import { turnNumbers } from '#ui/inspector/turn-numbers.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatDay, formatPlural, formatTime } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { CoverageBar } from './CoverageBar.tsx'
import { ForgetDialog } from './ForgetDialog.tsx'
import { coverageWords, levelWords, makerSentence, wordCount } from './memory-words.ts'
import { SentenceList } from './SentenceList.tsx'
import { VersionChanges } from './VersionChanges.tsx'
import { VersionHistory } from './VersionHistory.tsx'

type Props = {
  readonly memory: Memory
  readonly now: number
  readonly onShow: (id: Memory['id']) => void
  readonly onClose: () => void
}

/** One memory: what it covers, who made it, every sentence with its source, all versions with what changed. */
export function MemoryDetail({ memory, now, onShow, onClose }: Props) {
  const memories = useLonghand((state) => state.memories)
  const models = useLonghand((state) => state.models)
  const open = useLonghand((state) => state.open)
  const title = useLonghand((state) => state.conversations.find((one) => one.id === memory.conversationId)?.title)
  const { setMemoryPinned, undoMemory } = useActions()
  const [forgetting, setForgetting] = useState(false)
  const turnOf = turnNumbers(open)
  const versions = versionsOf(new Map(memories.map((one) => [one.id, one])), memory.id).toReversed()
  const at = versions.findIndex((version) => version.id === memory.id)
  const before = versions[at + 1]
  const head = versions[0] ?? memory
  const isHead = head.id === memory.id
  return (
    <>
      <header className="flex h-13 flex-none items-center gap-0.5 pr-2.5 pl-5 phone:pr-1 phone:pl-4">
        <h2 className="truncate text-base font-semibold">{title ?? 'Summary'}</h2>
        <span className="ml-2 flex-none text-xs text-ink-3">summary, version {versions.length - at}</span>
        <span className="flex-1" />
        {isHead && !memory.retired && (
          <IconButton
            icon={memory.pinned ? PinOff : Pin}
            label={memory.pinned ? 'Unpin' : 'Pin'}
            hint="a pinned memory is never dropped"
            aria-pressed={memory.pinned}
            onClick={() => void setMemoryPinned(memory.id, !memory.pinned)}
          />
        )}
        <IconButton icon={X} label="Close memory" keys="Esc" onClick={onClose} />
      </header>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto px-5 pt-0.5 pb-4 phone:px-4">
        <CoverageBar memory={memory} />
        <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs text-ink-2">
          <Fact name="Covers">{coverageWords(memory, turnOf) ?? 'no stretch of a conversation'}</Fact>
          <Fact name="Kind">summary {levelWords(memory.level)}</Fact>
          <Fact name="Length">
            {wordCount(memory.text)}, {formatPlural(memory.sentences.length, 'sentence')}
          </Fact>
          <Fact name="Made">
            {formatDay(memory.createdAt, now)}, {formatTime(memory.createdAt)}
          </Fact>
          <Fact name="By">{makerSentence(memory, models)}</Fact>
        </dl>
        {!isHead && (
          <p className="mt-3 text-xs text-warn">
            An earlier version, kept to look at.{' '}
            <button type="button" className="link" onClick={() => onShow(head.id)}>
              Show the one in force
            </button>
          </p>
        )}
        <Heading note="and where each comes from">Sentences</Heading>
        <SentenceList memory={memory} turnOf={turnOf} now={now} />
        {before && (
          <>
            <Heading note="since the version before">Changes</Heading>
            <VersionChanges before={before} after={memory} />
          </>
        )}
        <Heading note="nothing is overwritten">Versions</Heading>
        <VersionHistory versions={versions} shown={memory} turnOf={turnOf} now={now} onShow={(version) => onShow(version.id)} />
      </div>
      {isHead && (
        <footer className="grid flex-none auto-cols-fr grid-flow-col gap-1.5 border-line border-t px-5 pt-2.5 pb-3.5 phone:px-4 phone:pb-[max(10px,env(safe-area-inset-bottom))]">
          {memory.retired ? (
            <Button kind="outline" onClick={() => void undoMemory(memory.id)}>
              <Icon of={Undo2} />
              Bring it back
            </Button>
          ) : (
            <>
              <Button kind="outline" onClick={() => void undoMemory(memory.id)}>
                <Icon of={Undo2} />
                Undo last change
              </Button>
              <Button kind="outline" onClick={() => setForgetting(true)}>
                Forget…
              </Button>
            </>
          )}
        </footer>
      )}
      {forgetting && <ForgetDialog memory={memory} earlierVersions={versions.length - 1} onClose={() => setForgetting(false)} />}
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Heading({ children, note }: { readonly children: ReactNode; readonly note: string }) {
  return (
    <h3 className="mt-4.5 mb-0.5 flex items-baseline gap-2 text-sm font-semibold">
      {children}
      <span className="text-xs font-normal text-ink-3">{note}</span>
    </h3>
  )
}
