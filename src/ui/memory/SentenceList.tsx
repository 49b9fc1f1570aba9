import { Link } from 'wouter'
import type { Message } from '#chat/message.ts'
import type { Memory, Sentence, Span } from '#memory/memory.ts'
import type { MessageId } from '#shared/ids.ts'
import { splitSentences } from '#shared/text-sentences.ts'
import { formatDay } from '#ui/kit/format.ts'
import { conversationPath } from '#ui/kit/links.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { useEvidence } from './use-evidence.ts'

/** Every sentence of a memory with the sentences of the conversation that it came from. */
export function SentenceList({
  memory,
  turnOf,
  now,
}: {
  readonly memory: Memory
  readonly turnOf: ReadonlyMap<MessageId, number>
  readonly now: number
}) {
  const messages = useEvidence(memory.sentences.flatMap((sentence) => sentence.evidence))
  return (
    <ol>
      {memory.sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a memory is never edited in place, and two sentences may be the same.
        <li key={index} className="mt-2.5 text-sm first:mt-1.5">
          {(memory.sentences.length > 1 || sentence.text !== memory.text) && <p>{sentence.text}</p>}
          {sentence.evidence.map((span) => (
            <Evidence
              key={`${span.messageId} ${span.from}`}
              span={span}
              sentence={sentence}
              messages={messages}
              turnOf={turnOf}
              now={now}
            />
          ))}
          {sentence.evidence.length === 0 &&
            (memory.madeBy === 'user' ? (
              <p className="text-xs text-ink-3">You wrote it down yourself; no message says it.</p>
            ) : (
              <p className="text-xs text-warn">No source is recorded for this sentence.</p>
            ))}
        </li>
      ))}
    </ol>
  )
}

type EvidenceProps = {
  readonly span: Span
  readonly sentence: Sentence
  readonly messages: ReadonlyMap<MessageId, Message> | undefined
  readonly turnOf: ReadonlyMap<MessageId, number>
  readonly now: number
}

function Evidence({ span, sentence, messages, turnOf, now }: EvidenceProps) {
  const title = useLonghand((state) => state.conversations.find((one) => one.id === span.conversationId)?.title)
  const message = messages?.get(span.messageId)
  const quote = message?.text.slice(span.from, span.to)
  const turn = turnOf.get(span.messageId)
  if (messages && !message) return <p className="text-xs text-ink-3">The message that it came from is no longer there.</p>
  return (
    <div className="mt-1 text-xs text-ink-3">
      {message && quote !== undefined && quote.trim() !== sentence.text.trim() && <Quote text={message.text} span={span} />}
      {message && (message.role === 'user' ? 'you, ' : 'reply, ')}
      <Link href={conversationPath(span.conversationId, span.messageId)} className="link">
        {turn !== undefined ? `turn ${turn}` : (title ?? 'open the message')}
      </Link>
      {message && ` · ${formatDay(message.createdAt, now)}`}
    </div>
  )
}

/** The words that a memory came from, marked in the sentences that they stand in. */
function Quote({ text, span }: { readonly text: string; readonly span: Span }) {
  const around = splitSentences(text).filter(({ from, to }) => from < span.to && to > span.from)
  const from = Math.min(span.from, around[0]?.from ?? span.from)
  const to = Math.max(span.to, around.at(-1)?.to ?? span.to)
  return (
    <blockquote className="mb-0.5 pl-3 text-sm break-words text-ink-2 shadow-[inset_2px_0_0_var(--color-accent)]">
      {text.slice(from, span.from)}
      <mark className="rounded-xs bg-wash text-ink">{text.slice(span.from, span.to)}</mark>
      {text.slice(span.to, to)}
    </blockquote>
  )
}
