import { Suspense, useEffect, useRef } from 'react'
import type { OpenConversation } from '#runtime/state.ts'
import type { MessageId } from '#shared/ids.ts'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { ComparePanel, PlanPanel, ReceiptPanel, TapePanel } from './pages.tsx'
import { closeReceipt, type OpenReceipt, openReceipt } from './shell-state.ts'

const names: Readonly<Record<OpenReceipt['view'], string>> = {
  receipt: 'Receipt',
  plan: 'Plan',
  compare: 'Comparison',
  tape: 'Tape',
}

function neighbour(open: OpenConversation | undefined, replyId: MessageId, step: 1 | -1): MessageId | undefined {
  const replies = open?.messages.filter(({ role }) => role === 'assistant') ?? []
  const at = replies.findIndex(({ id }) => id === replyId)
  return at === -1 ? undefined : replies[at + step]?.id
}

/** The right side of the window: a column, floating over a narrower window, a sheet from below on a phone. */
export function ReceiptFrame({ receipt }: { readonly receipt: OpenReceipt }) {
  const phone = useMedia(phoneQuery)
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    if (phone || before === document.body || before?.closest('[data-message-id], [data-window]')) frame.current?.focus()
    return () => {
      if (before instanceof HTMLElement && (document.activeElement === document.body || document.activeElement === null))
        before.focus()
    }
  }, [phone])
  const name = names[receipt.view]
  return (
    <>
      {phone && (
        <button
          type="button"
          aria-label={`Close the ${name.toLowerCase()}`}
          tabIndex={-1}
          onClick={closeReceipt}
          className="fixed inset-0 z-20 bg-[rgb(15_18_17/0.5)]"
        />
      )}
      <aside
        ref={frame}
        aria-label={name}
        data-receipt
        tabIndex={-1}
        className="flex min-h-0 w-panel max-w-full has-[[data-wide]]:w-panel-wide floating:has-[[data-wide]]:w-184 flex-col bg-rail outline-none floating:fixed floating:inset-y-0 floating:right-0 floating:z-20 floating:animate-[slide-in_150ms_var(--ease-out)] floating:shadow-pop phone:inset-x-0 phone:top-auto phone:bottom-0 phone:h-9/10 phone:w-auto phone:has-[[data-wide]]:w-auto phone:animate-[slide-up_150ms_var(--ease-out)] phone:rounded-t-sheet motion-reduce:animate-none!"
      >
        <div aria-hidden="true" className="mx-auto mt-2 -mb-1 hidden h-1 w-9 flex-none rounded-full bg-edge phone:block" />
        <Suspense fallback={<p className="px-5 py-4 text-sm text-ink-3">Reading the {name.toLowerCase()}…</p>}>
          <View receipt={receipt} />
        </Suspense>
      </aside>
    </>
  )
}

function View({ receipt }: { readonly receipt: OpenReceipt }) {
  switch (receipt.view) {
    case 'receipt':
      return <OneReceipt receipt={receipt} />
    case 'plan':
      return <PlanPanel plan={receipt} onClose={closeReceipt} />
    case 'compare':
      return <ComparePanel before={receipt.before} after={receipt.after} onClose={closeReceipt} />
    case 'tape':
      return <TapePanel onClose={closeReceipt} />
  }
}

function OneReceipt({ receipt }: { readonly receipt: Extract<OpenReceipt, { view: 'receipt' }> }) {
  const { replyId, focus } = receipt
  const threeWays = receipt.threeWays === true
  const previousId = useLonghand((state) => neighbour(state.open, replyId, -1))
  const nextId = useLonghand((state) => neighbour(state.open, replyId, 1))
  return (
    <ReceiptPanel
      key={threeWays ? 'three-ways' : 'receipt'}
      threeWays={threeWays}
      replyId={replyId}
      onShow={(id) => openReceipt(id)}
      onClose={closeReceipt}
      {...(focus === undefined ? {} : { focus })}
      {...(previousId === undefined ? {} : { previousId })}
      {...(nextId === undefined ? {} : { nextId })}
    />
  )
}
