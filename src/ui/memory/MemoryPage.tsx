import { ListChecks } from 'lucide-react'
import { useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { MemoryId } from '#shared/ids.ts'
import { buttonClass } from '#ui/kit/Button.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'
import { useMemoryCount } from '#ui/kit/use-memory-count.ts'
import { PageFrame } from '#ui/shell/PageFrame.tsx'
import { AddDialog } from './AddDialog.tsx'
import { AskPanel } from './AskPanel.tsx'
import { CallLine } from './CallLine.tsx'
import { CheckPanel } from './CheckPanel.tsx'
import { findingCounts } from './finding-words.ts'
import { KnownPanel } from './KnownPanel.tsx'
import { MemoryBox } from './MemoryBox.tsx'
import { MemoryDetail } from './MemoryDetail.tsx'
import { MemoryFrame } from './MemoryFrame.tsx'
import { MemoryLead } from './MemoryLead.tsx'
import { memoryPath, readMemoryPath } from './memory-path.ts'
import { useCallLog } from './use-call-log.ts'
import { useFindings } from './use-findings.ts'
import { endOfDay, useMemoryAt } from './use-memory-days.ts'

/** What Longhand keeps from conversations: what is known, what a message would bring back, what should be looked at. */
export function MemoryPage() {
  const [location, navigate] = useLocation()
  const { view, id } = readMemoryPath(location)
  const [now] = useState(Date.now)
  const [back, setBack] = useState<number>()
  const [find, setFind] = useState('')
  const [ask, setAsk] = useState('')
  const [adding, setAdding] = useState(false)
  const phone = useMedia(phoneQuery)
  const scroller = useRef<HTMLDivElement>(null)
  const findings = useFindings()
  const calls = useCallLog()
  const known = useMemoryCount()
  const asOf = view === 'known' && back !== undefined && back > 0 ? endOfDay(now, back) : undefined
  const memories = useMemoryAt(asOf)
  const shown = memories.find((memory) => memory.id === id)
  const show = (next?: MemoryId) => navigate(memoryPath(next, view))
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1" inert={phone && shown !== undefined}>
        <PageFrame
          title="Memory"
          lead={<MemoryLead memories={memories} now={asOf ?? now} past={asOf !== undefined} />}
          scrollRef={scroller}
        >
          {view !== 'check' && (
            <MemoryBox
              mode={view}
              text={view === 'ask' ? ask : find}
              known={known}
              onMode={(mode) => navigate(memoryPath(undefined, mode))}
              onText={view === 'ask' ? setAsk : setFind}
            />
          )}
          {view === 'known' && asOf === undefined && findings && findings.length > 0 && (
            <p className="mt-2.5 flex min-h-10 flex-wrap items-center gap-x-2.5 rounded-lg bg-warn-wash py-1 pr-2 pl-3.5 text-sm">
              <Icon of={ListChecks} className="text-warn" />
              <span className="min-w-0 flex-1">To look at: {findingCounts(findings)}</span>
              <Link href={memoryPath(undefined, 'check')} className={buttonClass('text')}>
                Look
              </Link>
            </p>
          )}
          {view === 'known' && asOf === undefined && <CallLine log={calls} />}
          {view === 'ask' && <AskPanel text={ask} />}
          {view === 'check' && <CheckPanel findings={findings} calls={calls} now={now} />}
          {view === 'known' && (
            <KnownPanel
              memories={memories}
              text={find}
              shownId={shown?.id}
              now={now}
              back={back}
              onBack={setBack}
              onAdd={() => setAdding(true)}
              scrollRef={scroller}
            />
          )}
        </PageFrame>
      </div>
      {shown && (
        <MemoryFrame onClose={() => show()}>
          <MemoryDetail
            key={shown.id}
            memory={shown}
            memories={memories}
            now={now}
            asOf={asOf}
            onShow={show}
            onClose={() => show()}
          />
        </MemoryFrame>
      )}
      {adding && (
        <AddDialog
          onClose={(made) => {
            setAdding(false)
            if (made) show(made)
          }}
        />
      )}
    </div>
  )
}
