import clsx from 'clsx'
import type { Memory } from '#memory/memory.ts'
import { diffSentences, type SentenceChange } from './sentence-diff.ts'

const looks: Readonly<Record<SentenceChange['type'], { readonly sign: string; readonly word: string; readonly look: string }>> = {
  entered: { sign: '+', word: 'entered', look: 'text-good' },
  left: { sign: '−', word: 'left', look: 'text-warn' },
  kept: { sign: ' ', word: '', look: 'text-ink-3' },
}

/** What entered and what left from one version to the next, sentence by sentence. */
export function VersionChanges({ before, after }: { readonly before: Memory; readonly after: Memory }) {
  const changes = diffSentences(before.sentences, after.sentences)
  const kept = changes.filter((change) => change.type === 'kept').length
  const moved = changes.filter((change) => change.type !== 'kept')
  return (
    <ul className="mt-1 text-sm">
      {moved.map(({ type, sentence }) => (
        <li key={`${type} ${sentence.text}`} className="flex gap-2 py-0.5">
          <span aria-hidden="true" className={clsx('w-3 flex-none text-center font-mono font-semibold', looks[type].look)}>
            {looks[type].sign}
          </span>
          <span className={type === 'left' ? 'text-ink-2' : ''}>
            <span className="sr-only">{looks[type].word}: </span>
            {type === 'left' ? <s className="decoration-ink-3">{sentence.text}</s> : sentence.text}
          </span>
        </li>
      ))}
      {kept > 0 && <li className="pl-5 text-xs text-ink-3">{kept === 1 ? '1 sentence stayed' : `${kept} sentences stayed`}</li>}
    </ul>
  )
}
