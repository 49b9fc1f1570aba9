import { AlignLeft, FileText, History, type LucideIcon, Receipt, SquarePlus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ForgetPlan, Touched } from '#memory/plan-forget.ts'
import { formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { kindWords } from './memory-words.ts'

type Props = {
  readonly plan: ForgetPlan
  /** Undefined while they are counted. */
  readonly receipts: number | undefined
  readonly withSummaries: boolean
  readonly withFacts: boolean
  readonly onSummaries: (on: boolean) => void
  readonly onFacts: (on: boolean) => void
}

/** What forgetting touches, before it is done: each with a number, and with a choice where there is one. */
export function ForgetPlanList({ plan, receipts, withSummaries, withFacts, onSummaries, onFacts }: Props) {
  const { memory, earlier, summaries, facts } = plan
  const messages = new Set(memory.evidence.map((span) => span.messageId)).size
  const kind = kindWords[memory.kind].one.toLowerCase()
  return (
    <ul className="my-3.5 text-sm">
      <Line icon={X} title={`The ${kind} leaves every later prompt`} note="the next one starts a new epoch and is read anew" />
      {earlier.length > 0 && (
        <Line
          icon={History}
          title={`${formatPlural(earlier.length, memory.kind === 'summary' ? 'earlier version' : 'earlier value')} with it`}
          note={memory.kind === 'summary' ? 'none of them comes back into force' : earlier.map(({ text }) => text).join(' · ')}
        />
      )}
      {summaries.length > 0 && (
        <Line
          icon={AlignLeft}
          title={`${formatPlural(summaries.length, 'summary', 'summaries')} ${summaries.length === 1 ? 'says' : 'say'} the same`}
          note={`${formatPlural(sentencesIn(summaries), 'sentence')} made from the same words`}
        >
          <Choice label="Take out too" checked={withSummaries} onChange={onSummaries} />
        </Line>
      )}
      {facts.length > 0 && (
        <Line
          icon={SquarePlus}
          title={`${formatPlural(facts.length, 'other memory', 'other memories')} from the same words`}
          note={facts.map((one) => one.memory.text).join(' · ')}
        >
          <Choice label="Forget too" checked={withFacts} onChange={onFacts} />
        </Line>
      )}
      <Line
        icon={Receipt}
        title={receipts === undefined ? 'Looking through the receipts…' : receiptWords(receipts)}
        note={receipts === 0 ? 'it was in no prompt' : 'they record what was sent then'}
      />
      {messages > 0 && (
        <Line
          icon={FileText}
          title={messages === 1 ? 'The message stays in its conversation' : 'The messages stay in their conversations'}
          note={`${formatPlural(messages, 'message')} it was made from; ${messages === 1 ? 'it goes' : 'they go'} when the conversation is deleted`}
        />
      )}
    </ul>
  )
}

/** "3 receipts that showed it stay as they are". */
export function receiptWords(count: number): string {
  if (count === 0) return 'No receipt shows it'
  return `${formatPlural(count, 'receipt')} that showed it ${count === 1 ? 'stays as it is' : 'stay as they are'}`
}

function sentencesIn(touched: readonly Touched[]): number {
  return touched.reduce((sum, { memory, left }) => sum + memory.sentences.length - (left?.sentences.length ?? 0), 0)
}

type LineProps = { readonly icon: LucideIcon; readonly title: ReactNode; readonly note: string; readonly children?: ReactNode }

export function Line({ icon, title, note, children }: LineProps) {
  return (
    <li className="grid grid-cols-[1.125rem_minmax(0,1fr)_auto] gap-x-2 border-line border-t py-1.5">
      <Icon of={icon} className="mt-0.5 text-ink-2" />
      <span className="min-w-0">
        {title}
        <small className="line-clamp-2 text-xs break-words text-ink-3">{note}</small>
      </span>
      {children}
    </li>
  )
}

type ChoiceProps = { readonly label: string; readonly checked: boolean; readonly onChange: (on: boolean) => void }

function Choice({ label, checked, onChange }: ChoiceProps) {
  return (
    <label className="flex touch:min-h-11 min-h-6 cursor-pointer items-center gap-1.5 self-start text-xs text-ink-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  )
}
