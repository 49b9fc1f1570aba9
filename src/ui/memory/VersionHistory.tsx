import clsx from 'clsx'
import type { Memory } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { walkRows } from '#ui/inspector/walk-rows.ts'
import { formatDay, formatPlural, formatTime } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { coverageWords, makerName } from './memory-words.ts'
import { diffSentences } from './sentence-diff.ts'

type Props = {
  /** Newest first. */
  readonly versions: readonly Memory[]
  readonly shown: Memory
  readonly turnOf: ReadonlyMap<MessageId, number>
  readonly now: number
  readonly onShow: (version: Memory) => void
}

/** All versions of a summary, newest first, each to look at, with what entered and what left. */
export function VersionHistory({ versions, shown, turnOf, now, onShow }: Props) {
  const models = useLonghand((state) => state.models)
  return (
    <ol
      onKeyDown={walkRows}
      className="relative pl-5 before:absolute before:top-3 before:bottom-3.5 before:left-1 before:w-px before:bg-edge"
    >
      {versions.map((version, index) => {
        const number = versions.length - index
        const current = version.id === shown.id
        const before = versions[index + 1]
        return (
          <li
            key={version.id}
            className={clsx(
              'relative py-1 before:absolute before:top-2.5 before:-left-5 before:size-2.25 before:rounded-full',
              current ? 'before:bg-accent' : 'before:bg-rail before:ring-[1.5px] before:ring-edge before:ring-inset',
            )}
          >
            <button
              type="button"
              data-row
              aria-current={current || undefined}
              onClick={() => onShow(version)}
              className="block touch:min-h-11 w-full cursor-pointer rounded-sm text-left hover:text-accent"
            >
              <span className={clsx('text-sm', current && 'font-semibold')}>
                Version {number}
                {index === 0 ? (version.retired ? ', forgotten' : ', in force') : ''}
              </span>
              <span className="block text-xs text-ink-3">
                {formatDay(version.createdAt, now)}, {formatTime(version.createdAt)} · {coverageWords(version, turnOf)} ·{' '}
                {makerName(version, models)} · {changeWords(version, before)}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

function changeWords(version: Memory, before: Memory | undefined): string {
  if (!before) return formatPlural(version.sentences.length, 'sentence')
  const changes = diffSentences(before.sentences, version.sentences)
  const count = (type: string) => changes.filter((change) => change.type === type).length
  const entered = count('entered')
  const left = count('left')
  if (entered + left === 0) return 'same sentences'
  return [...(entered > 0 ? [`+${entered}`] : []), ...(left > 0 ? [`−${left}`] : [])].join(' ')
}
