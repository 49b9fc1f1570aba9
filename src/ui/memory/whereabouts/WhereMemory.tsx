import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { whereIsMemory } from '#context/attribution/where-is-memory.ts'
import type { Manifest } from '#context/manifest.ts'
import type { Memory } from '#memory/memory.ts'
import type { MemoryId } from '#shared/ids.ts'
import { pinChanges } from '#ui/inspector/pin-changes.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { formatDay, formatTime } from '#ui/kit/format.ts'
import { conversationPath } from '#ui/kit/links.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { openReceipt } from '#ui/shell/shell-state.ts'
import { whereMemoryWords } from './where-memory-words.ts'

type Props = {
  readonly memory: Memory
  /** Its other values or versions. */
  readonly others: ReadonlySet<MemoryId>
  readonly onClose: () => void
}

/** What became of a memory in the newest prompts, by which line, and a pin that brings it into the last of them. */
export function WhereMemory({ memory, others, onClose }: Props) {
  const { recentPrompts } = useActions()
  const [, navigate] = useLocation()
  const [prompts, setPrompts] = useState<readonly Manifest[]>()
  const only = memory.kind === 'summary' ? memory.conversationId : undefined
  useEffect(() => {
    let current = true
    void recentPrompts(only).then((found) => current && setPrompts(found ?? []))
    return () => {
      current = false
    }
  }, [recentPrompts, only])
  const newest = prompts?.[0]
  const found = prompts?.map((manifest) => ({ manifest, where: whereIsMemory({ manifest, memory, others }) }))
  const stands = found?.[0]?.where.some(({ type }) => type === 'in-window') ?? true

  function showReceipt({ conversationId, replyId }: Manifest, ref: string | undefined) {
    onClose()
    navigate(conversationPath(conversationId, replyId))
    openReceipt(replyId, ref)
  }

  return (
    <Dialog
      title="Was it remembered?"
      lead={<span className="line-clamp-3 wrap-anywhere">“{memory.text}”</span>}
      onClose={onClose}
      foot={newest && !stands && !memory.retired && <AnswerAgain newest={newest} memory={memory} onDone={onClose} />}
    >
      {prompts === undefined && <p className="text-ink-2">Reading the newest receipts…</p>}
      {prompts?.length === 0 && <p className="text-ink-2">There is no receipt yet that could show it.</p>}
      {found && found.length > 0 && (
        <>
          <p className="text-sm text-ink-3">In the newest prompts, the last one first:</p>
          <ul className="mt-1 divide-y divide-line">
            {found.map(({ manifest, where }) => {
              const ref = where.flatMap((one) => ('item' in one && 'ref' in one.item ? [one.item.ref] : []))[0]
              const asked = manifest.sections.find(({ name }) => name === 'message')?.items.at(-1)?.text
              return (
                <li key={manifest.replyId} className="py-2">
                  <p className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-3">
                    <span className="min-w-0 max-w-full truncate font-semibold text-ink-2">
                      {asked ? `“${asked}”` : 'A prompt'}
                    </span>
                    <span className="num">
                      {formatDay(manifest.createdAt, Date.now())}, {formatTime(manifest.createdAt)}
                    </span>
                    <Button kind="text" className="ml-auto" onClick={() => showReceipt(manifest, ref)}>
                      Open its receipt
                    </Button>
                  </p>
                  {where.map((one, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: read off an unchanging receipt, in its order.
                    <p key={index}>{whereMemoryWords(one, manifest.createdAt)}</p>
                  ))}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </Dialog>
  )
}

type AgainProps = { readonly newest: Manifest; readonly memory: Memory; readonly onDone: () => void }

/** Opens the conversation of the newest prompt, pins the memory there and has the reply made again; says where nothing helps. */
function AnswerAgain({ newest, memory, onDone }: AgainProps) {
  const { applyPlan, openConversation, whatBringsIn } = useActions()
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const [, navigate] = useLocation()
  const [state, setState] = useState<'asked' | 'none'>()
  const target = { type: 'again', replyId: newest.replyId } as const

  async function again() {
    setState('asked')
    await openConversation(newest.conversationId)
    const changes = pinChanges(await whatBringsIn(target, memory.id), memory.id)
    if (changes === 'none') return setState('none')
    onDone()
    navigate(conversationPath(newest.conversationId))
    await applyPlan(target, changes)
  }

  if (state === 'none') return <p className="text-sm text-ink-2">Nothing brings it into this window beside what must be sent.</p>
  return (
    <>
      {!ready && <p className="self-center text-sm text-ink-2">To answer again, a model has to be loaded in this tab.</p>}
      <Button kind="primary" disabled={!ready || state === 'asked'} onClick={() => void again()}>
        Pin it and answer the last one again
      </Button>
    </>
  )
}
