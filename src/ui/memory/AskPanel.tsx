import { Link } from 'wouter'
import type { Manifest } from '#context/manifest.ts'
import { confidenceWords } from '#ui/inspector/confidence-words.ts'
import { formatCount, formatPlural, formatScore } from '#ui/kit/format.ts'
import { conversationPath } from '#ui/kit/links.ts'
import { SectionLetter } from '#ui/kit/SectionLetter.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { AskRowView } from './AskRowView.tsx'
import { askRows, recalledRoom } from './ask-rows.ts'
import { useAsked } from './use-asked.ts'

/** What a message would bring back, with every score, made by the same functions as a turn. Nothing is sent. */
export function AskPanel({ text }: { readonly text: string }) {
  const { asked, asking } = useAsked(text)
  if (text.trim() === '')
    return (
      <div className="mt-6 max-w-152">
        <h2 className="font-semibold">Ask the memory</h2>
        <p className="mt-1 text-ink-2">
          Type a message as you would send it. You see what would be retrieved for it, how each score is made up, and what would
          go into the prompt. Nothing is sent and no reply is written.
        </p>
      </div>
    )
  if (!asked)
    return (
      <p className="mt-6 text-sm text-ink-2">{asking ? 'Looking…' : 'No model is on offer that a prompt could be laid for.'}</p>
    )
  if (asked.type === 'failed')
    return (
      <p role="status" className="mt-6 max-w-152 text-sm text-bad">
        {asked.problem.title} {asked.problem.advice}
      </p>
    )
  return <Answer manifest={asked.manifest} estimated={asked.estimated} asking={asking} />
}

type AnswerProps = { readonly manifest: Manifest; readonly estimated: boolean; readonly asking: boolean }

function Answer({ manifest, estimated, asking }: AnswerProps) {
  const { rows, cut } = askRows(manifest)
  const entering = rows.filter(({ enters }) => enters).length
  return (
    <div aria-busy={asking} className={asking ? 'opacity-70' : ''}>
      <Budget manifest={manifest} entering={entering} estimated={estimated} />
      <ol className="mt-3">
        {rows.map((row, index) => (
          <AskRowView
            key={row.key}
            row={row}
            rank={index + 1}
            threshold={manifest.threshold}
            now={manifest.createdAt}
            cutAbove={index === cut ? `needs ${formatScore(manifest.threshold)}` : undefined}
          />
        ))}
      </ol>
    </div>
  )
}

function Budget({ manifest, entering, estimated }: Omit<AnswerProps, 'asking'> & { readonly entering: number }) {
  const conversation = useLonghand((state) => state.open?.conversation)
  const on = useLonghand((state) => state.settings.memory)
  const room = recalledRoom(manifest)
  const you = manifest.sections.find(({ name, items }) => name === 'you' && items.length > 0)
  const summary = manifest.sections.find(({ name, items }) => name === 'summary' && items.length > 0)
  const off = !on || conversation?.memory === false
  const where =
    conversation === undefined ? null : conversation.messageCount === 0 ? (
      'in a new conversation'
    ) : (
      <>
        in{' '}
        <Link href={conversationPath(conversation.id)} className="link">
          {conversation.title}
        </Link>
      </>
    )
  return (
    <div className="mt-4 max-w-152">
      <p role="status" className="text-ink-2">
        If you sent this now {where}, {entering === 0 ? 'nothing' : formatPlural(entering, 'memory', 'memories')} would be
        recalled
        {room && entering > 0 && (
          <>
            , {estimated && '≈ '}
            <span className="num">{formatCount(room.tokens)}</span> of at most{' '}
            <span className="num">{formatCount(room.most)}</span> tokens
          </>
        )}
        . Nothing is sent and no reply is written.
        {manifest.confidence !== undefined && ` ${confidenceWords(manifest.confidence)}`}
      </p>
      {room && entering > 0 && (
        <div
          aria-hidden="true"
          className="mt-2 h-1.5 rounded-xs bg-sunk forced-colors:border"
          style={{ '--section': 'var(--color-sec-recalled)' }}
        >
          <div
            className="section-fill h-full rounded-xs"
            style={{ width: `${Math.min(100, (room.tokens / room.most) * 100)}%` }}
          />
        </div>
      )}
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-3">
        {off && (
          <span className="text-warn">Memory is off {on ? 'in this conversation' : 'everywhere'}, so nothing is looked for.</span>
        )}
        {conversation?.temporary && <span className="text-warn">A temporary chat reads no memory.</span>}
        {you && (
          <span className="inline-flex items-center gap-1.5">
            <SectionLetter section="you" /> {formatPlural(you.items.length, 'pinned memory', 'pinned memories')} in any case,{' '}
            {estimated && '≈ '}
            {formatCount(you.tokens)} tokens
          </span>
        )}
        {summary && (
          <span className="inline-flex items-center gap-1.5">
            <SectionLetter section="summary" /> the summary in any case, {estimated && '≈ '}
            {formatCount(summary.tokens)} tokens
          </span>
        )}
        {manifest.mode === 'everything-fits' && (conversation?.messageCount ?? 0) > 0 && (
          <span>This conversation fits and is sent whole; the others were searched.</span>
        )}
        {estimated && <span>No model is loaded here: tokens are estimated.</span>}
      </div>
    </div>
  )
}
