import clsx from 'clsx'
import type { Manifest } from '#context/manifest.ts'
import { diffText, type TextChange } from '#shared/diff-text.ts'
import { formatCount, formatSeconds } from '#ui/kit/format.ts'
import { explainDifference } from './explain-difference.ts'
import type { RerunState } from './use-rerun.ts'

type Props = {
  readonly manifest: Manifest
  readonly recorded: string
  readonly state: RerunState
  readonly changed: boolean
  readonly words: string
  /** The seed that it was made again with. */
  readonly seed: number
}

/** The recorded reply beside the one made again, with the words that changed, and what the run took. */
export function RerunResult({ manifest, recorded, state, changed, words, seed }: Props) {
  const result = state.type === 'ended' ? state.result : undefined
  const text = state.type === 'running' ? state.text : result && 'text' in result ? result.text : ''
  const done = result?.type === 'done' ? result : undefined
  return (
    <div className="mt-4">
      <p role="status" className={clsx('text-sm', result?.type === 'failed' ? 'text-bad' : 'text-ink')}>
        {state.type === 'running' && (text === '' ? 'The model reads the prompt…' : 'The model writes…')}
        {done && explainDifference(manifest, recorded, { ...done, seed }, changed)}
        {result?.type === 'stopped' && 'Stopped. What came until then is below.'}
        {result?.type === 'interrupted' && 'A turn of the chat came first, so this run was ended. Run it again.'}
        {result?.type === 'failed' && `${result.problem.title} ${result.problem.advice}`}
      </p>
      <div className="mt-2.5 grid gap-3">
        <Reply title="As recorded" text={recorded} gone={done ? diffText(recorded, done.text) : undefined} drop="entered" />
        <Reply
          title={`Now, ${words}`}
          text={text}
          gone={done ? diffText(recorded, done.text) : undefined}
          drop="left"
          note={
            done
              ? `${formatCount(done.usage.inputTokens)} tokens in the prompt, ${formatCount(done.usage.inputTokens - done.usage.cachedInputTokens)} of them read, ${formatCount(done.usage.outputTokens)} written, ${formatSeconds(done.usage.prefillMs + done.usage.decodeMs)}`
              : undefined
          }
        />
      </div>
    </div>
  )
}

type ReplyProps = {
  readonly title: string
  readonly text: string
  readonly gone: readonly TextChange[] | undefined
  readonly drop: 'entered' | 'left'
  readonly note?: string | undefined
}

function Reply({ title, text, gone, drop, note }: ReplyProps) {
  const changes = gone ?? [{ type: 'kept' as const, text }]
  return (
    <section aria-label={title} className="rounded-md bg-paper px-3 py-2">
      <h4 className="text-xs font-semibold text-ink-2">{title}</h4>
      <p className="mt-1 text-sm break-words whitespace-pre-wrap">
        {changes
          .filter(({ type }) => type !== drop)
          .map(({ type, text: run }, index) =>
            type === 'kept' ? (
              run
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs of a finished text have no other name.
              <mark key={index} className="rounded-xs bg-warn-wash text-ink">
                {run}
              </mark>
            ),
          )}
        {text === '' && <span className="text-ink-3">Nothing yet.</span>}
      </p>
      {note && <p className="mt-1 text-xs text-ink-3">{note}</p>}
    </section>
  )
}
