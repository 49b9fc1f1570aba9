import type { Memory } from '#memory/memory.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'
import { formatDay, formatPlural, formatTime } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { CoverageBar } from './CoverageBar.tsx'
import { Fact } from './Fact.tsx'
import { Heading } from './Heading.tsx'
import { coverageWords, levelWords, makerSentence, wordCount } from './memory-words.ts'
import { SentenceList } from './SentenceList.tsx'
import { VersionChanges } from './VersionChanges.tsx'
import { VersionHistory } from './VersionHistory.tsx'

type Props = {
  readonly memory: Memory
  /** Newest first. */
  readonly versions: readonly Memory[]
  readonly turnOf: ReadonlyMap<MessageId, number>
  readonly now: number
  readonly onShow: (id: MemoryId) => void
}

/** A summary: what it covers, every sentence with its source, all versions with what changed. */
export function SummaryBody({ memory, versions, turnOf, now, onShow }: Props) {
  const models = useLonghand((state) => state.models)
  const before = versions[versions.findIndex((version) => version.id === memory.id) + 1]
  const head = versions[0] ?? memory
  return (
    <>
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
      {head.id !== memory.id && (
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
    </>
  )
}
