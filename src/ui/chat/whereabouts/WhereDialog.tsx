import { useEffect, useState } from 'react'
import type { Message } from '#chat/message.ts'
import type { PlanChange } from '#context/assemble-with.ts'
import { type Whereabouts, whereIs } from '#context/attribution/where-is.ts'
import type { MessageId } from '#shared/ids.ts'
import { pinChanges } from '#ui/inspector/pin-changes.ts'
import { whereWords } from '#ui/inspector/where-words.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { openReceipt } from '#ui/shell/shell-state.ts'

type Props = { readonly message: Message; readonly onClose: () => void }

/** What became of an old message in the prompt of the newest reply, by which line, and a pin that brings it back. */
export function WhereDialog({ message, onClose }: Props) {
  const { loadManifest } = useActions()
  const messages = useLonghand((state) => state.open?.messages)
  const memories = useLonghand((state) => state.memories)
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const reply = messages?.findLast(({ role }) => role === 'assistant')
  const stored = useLonghand((state) => (reply ? state.manifests[reply.id] : 'missing'))
  useEffect(() => {
    if (reply && stored === undefined) void loadManifest(reply.id)
  }, [reply, stored, loadManifest])
  const manifest = typeof stored === 'object' ? stored : undefined
  const found =
    manifest &&
    whereIs({
      manifest,
      messageId: message.id,
      path: messages?.map(({ id }) => id) ?? [],
      memoryOf: (id) => memories.find((memory) => memory.id === id),
    })
  const shown = found?.some(({ type }) => type === 'in-window') ?? true
  const first = found?.find(
    (one): one is Extract<Whereabouts, { type: 'in-window' | 'told' | 'covered' }> => 'item' in one && 'ref' in one.item,
  )
  return (
    <Dialog
      title="Was it remembered?"
      lead={<span className="line-clamp-3 wrap-anywhere">“{message.text}”</span>}
      onClose={onClose}
      foot={
        <>
          {reply && manifest && (
            <Button
              onClick={() => {
                openReceipt(reply.id, first?.item.ref)
                onClose()
              }}
            >
              Open the receipt
            </Button>
          )}
          {reply && !shown && <AnswerAgain replyId={reply.id} messageId={message.id} ready={ready} onClose={onClose} />}
        </>
      }
    >
      {!reply && <p className="text-ink-2">There is no reply yet that could have remembered it.</p>}
      {reply && stored === 'missing' && <p className="text-ink-2">The newest reply has no receipt, so it cannot be said.</p>}
      {found && (
        <>
          <p className="text-sm text-ink-3">In the prompt of the newest reply:</p>
          <ul className="mt-1 space-y-2">
            {worthSaying(found).map((where, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: read off an unchanging receipt, in its order.
              <li key={index}>
                <p>{whereWords(where, manifest.createdAt)}</p>
                {where.type === 'told' &&
                  where.sentences.map(({ text }) => (
                    <q key={text} className="block border-edge border-l-2 pl-2.5 text-ink-2">
                      {text}
                    </q>
                  ))}
              </li>
            ))}
          </ul>
          {!shown && !ready && <p className="mt-2 text-sm text-ink-2">To answer again, a model has to be loaded in this tab.</p>}
        </>
      )}
    </Dialog>
  )
}

/** That its turn is folded says nothing more where the summary was looked into. */
function worthSaying(found: readonly Whereabouts[]): readonly Whereabouts[] {
  if (!found.some(({ type }) => type === 'told' || type === 'covered')) return found
  return found.filter((where) => where.type !== 'left-out' || where.item.reason.type !== 'folded')
}

type AgainProps = {
  readonly replyId: MessageId
  readonly messageId: MessageId
  readonly ready: boolean
  readonly onClose: () => void
}

/** Pins the message, with what else it takes for it to enter, and has the reply made again; says where nothing does. */
function AnswerAgain({ replyId, messageId, ready, onClose }: AgainProps) {
  const { applyPlan, whatBringsIn } = useActions()
  const [changes, setChanges] = useState<readonly PlanChange[] | 'none'>()
  useEffect(() => {
    let current = true
    void whatBringsIn({ type: 'again', replyId }, messageId).then((found) => {
      if (current) setChanges(pinChanges(found, messageId))
    })
    return () => {
      current = false
    }
  }, [whatBringsIn, replyId, messageId])
  if (changes === 'none')
    return <p className="text-sm text-ink-2">Nothing brings it into this window beside what must be sent.</p>
  return (
    <Button
      kind="primary"
      disabled={!ready || changes === undefined}
      onClick={() => {
        onClose()
        if (changes) void applyPlan({ type: 'again', replyId }, changes)
      }}
    >
      Pin it and answer again
    </Button>
  )
}
