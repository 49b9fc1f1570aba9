import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Finding } from '#memory/lint-memory.ts'
import type { MemoryCheck } from '#memory/memory.ts'
import type { CallLog } from '#runtime/note-calls.ts'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { CallList } from './CallList.tsx'
import { FindingCard } from './FindingCard.tsx'
import { checkWords } from './finding-words.ts'
import { memoryPath } from './memory-path.ts'
import { type Mending, useMending } from './use-mending.ts'

const noFindings: readonly Finding[] = []

type Props = {
  readonly findings: readonly Finding[] | undefined
  readonly calls: CallLog | undefined
  readonly now: number
}

/** Everything that a person should look at, by kind, each with its repairs; then how the model writes. */
export function CheckPanel({ findings, calls, now }: Props) {
  const { shown, mend, unmend } = useMending(findings ?? noFindings)
  return (
    <div className="mt-4">
      <Link href={memoryPath()} className={buttonClass('text', '-ml-1.5')}>
        <Icon of={ArrowLeft} size={14} />
        Back to what is known
      </Link>
      {findings === undefined && <p className="mt-4 text-sm text-ink-2">Looking through memory…</p>}
      {findings && shown.length === 0 && (
        <div className="mt-4 max-w-152">
          <h2 className="font-semibold">Nothing to look at</h2>
          <p className="mt-1 text-ink-2">
            No contradictions, nothing said twice, nothing past its time, nothing that only the assistant said, no keys, card
            numbers or passwords.
          </p>
        </div>
      )}
      {(Object.keys(checkWords) as MemoryCheck[]).map((check) => (
        <CheckGroup
          key={check}
          check={check}
          shown={shown.filter(({ finding }) => finding.check === check)}
          now={now}
          mend={mend}
          unmend={unmend}
        />
      ))}
      <CallList log={calls} />
    </div>
  )
}

const shownAtFirst = 20

type GroupProps = Mending & { readonly check: MemoryCheck; readonly now: number }

function CheckGroup({ check, shown, now, mend, unmend }: GroupProps) {
  const [most, setMost] = useState(shownAtFirst)
  const { title, why, icon } = checkWords[check]
  const open = shown.filter(({ done }) => !done).length
  if (shown.length === 0) return null
  return (
    <section aria-labelledby={`check-${check}`} className="mt-5">
      <h2 id={`check-${check}`} className="flex items-center gap-2 text-sm font-semibold">
        <Icon of={icon} className="text-ink-2" />
        {title}
        <span className="num text-xs font-normal text-ink-3">{formatCount(open)}</span>
      </h2>
      <p className="mt-0.5 max-w-152 text-xs text-ink-2">{why}</p>
      <ul className="mt-2 grid gap-2">
        {shown.slice(0, most).map(({ finding, done }) => (
          <FindingCard key={finding.id} finding={finding} done={done} now={now} mend={mend} unmend={unmend} />
        ))}
      </ul>
      {shown.length > most && (
        <Button kind="text" className="mt-1 -ml-1.5" onClick={() => setMost(most + 100)}>
          Show more of the other {formatPlural(shown.length - most, 'finding')}
        </Button>
      )}
    </section>
  )
}
