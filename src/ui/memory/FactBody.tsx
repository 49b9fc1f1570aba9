import type { Memory } from '#memory/memory.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'
import { formatDay, formatPlural } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { Fact } from './Fact.tsx'
import { Heading } from './Heading.tsx'
import { HistoryList } from './HistoryList.tsx'
import { LifeLine } from './LifeLine.tsx'
import { kindWords, makerSentence } from './memory-words.ts'
import { SentenceList } from './SentenceList.tsx'

/** What surely fits the title of the panel need not be said again under it. */
const longestTitle = 32

type Props = {
  readonly memory: Memory
  /** The values of the same thing before it, the last one first. */
  readonly earlier: readonly Memory[]
  readonly memories: ReadonlyMap<MemoryId, Memory>
  readonly turnOf: ReadonlyMap<MessageId, number>
  readonly now: number
  readonly asOf: number | undefined
  readonly onShow: (id: MemoryId) => void
}

/** A fact, event, loop or anything else that is one statement: its time, where it comes from, what happened to it. */
export function FactBody({ memory, earlier, memories, turnOf, now, asOf, onShow }: Props) {
  const models = useLonghand((state) => state.models)
  const title = useLonghand((state) => state.conversations.find((one) => one.id === memory.conversationId)?.title)
  const next = memory.replacedBy === undefined ? undefined : memories.get(memory.replacedBy)
  const sources = new Set(memory.evidence.map(({ messageId }) => messageId)).size
  return (
    <>
      {memory.text.length > longestTitle && <p className="mb-2 break-words whitespace-pre-wrap">{memory.text}</p>}
      <LifeLine values={[...earlier.toReversed(), memory]} shown={memory} now={asOf ?? now} />
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs text-ink-2">
        <Fact name="Holds">
          since {formatDay(memory.validFrom, now)}
          {memory.validUntil !== undefined && `, until ${formatDay(memory.validUntil, now)}`}
        </Fact>
        <Fact name="Kind">{kindWords[memory.kind].one.toLowerCase()}</Fact>
        <Fact name="About">
          {memory.conversationId === undefined ? 'you, everywhere' : (title ?? 'a conversation that is gone')}
        </Fact>
        {memory.strength > 1 && <Fact name="Confirmed">{formatPlural(memory.strength - 1, 'time')}</Fact>}
        <Fact name="By">{makerSentence(memory, models)}</Fact>
      </dl>
      {asOf !== undefined && (
        <p className="mt-3 text-xs text-ink-2">As it was known on {formatDay(asOf, now)}. What came later is not shown.</p>
      )}
      {memory.retired && <p className="mt-3 text-xs text-warn">Forgotten: it goes into no prompt.</p>}
      {next && (
        <p className="mt-3 text-xs text-warn">
          An earlier value, kept to look at.{' '}
          <button type="button" className="link" onClick={() => onShow(next.id)}>
            Show what replaced it
          </button>
        </p>
      )}
      <Heading note={sources === 0 ? 'no message' : formatPlural(sources, 'message')}>Where it comes from</Heading>
      <SentenceList memory={memory} turnOf={turnOf} now={now} />
      <Heading note="nothing is overwritten">History</Heading>
      <HistoryList ids={[memory.id, ...earlier.map(({ id }) => id)]} memories={memories} now={now} asOf={asOf} />
    </>
  )
}
