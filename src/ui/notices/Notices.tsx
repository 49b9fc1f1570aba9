import clsx from 'clsx'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useRoute } from 'wouter'
import type { Notice } from '#runtime/notice.ts'
import { Button } from '#ui/kit/Button.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { pagePattern } from '#ui/shell/page-pattern.ts'
import { BootFailed } from './BootFailed.tsx'

/**
 * What happened beside the conversation, stacked, said politely; each goes by itself unless it is bad news. On a phone they stand
 * above the page, where there is no room for them over it.
 */
export function Notices() {
  const [onPage] = useRoute(pagePattern)
  // In the chat the composer tells of it, with the same way out.
  const told = useLonghand((state) => (state.engine.type === 'error' && !onPage ? state.engine.problem.title : undefined))
  const notices = useLonghand((state) => state.notices)
  const boot = useLonghand((state) => state.boot)
  return (
    <>
      <section
        aria-label="Notices"
        role="status"
        className="pointer-events-none fixed inset-x-0 top-14 z-30 mx-auto flex w-full max-w-110 flex-col gap-2 px-4 phone:static phone:order-first phone:max-h-[40dvh] phone:max-w-none phone:flex-none phone:overflow-y-auto phone:px-2 phone:not-empty:py-2"
      >
        {notices.map((notice) => notice.text !== told && <NoticeCard key={notice.id} notice={notice} />)}
      </section>
      {boot.type === 'failed' && <BootFailed problem={boot.problem} />}
    </>
  )
}

/** Milliseconds that a notice stays: bad news until it is put away, an undo as long as it can be done. */
function lifetime(notice: Notice): number | undefined {
  if (notice.tone === 'bad') return undefined
  return notice.action ? 30_000 : 8_000
}

const marks: Readonly<Record<Notice['tone'], string>> = {
  info: 'shadow-[inset_3px_0_0_var(--color-edge)]',
  good: 'shadow-[inset_3px_0_0_var(--color-good)]',
  bad: 'shadow-[inset_3px_0_0_var(--color-bad)]',
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { dismissNotice } = useActions()
  const [held, setHeld] = useState(false)
  const { id, action } = notice
  const stays = lifetime(notice)
  useEffect(() => {
    if (held || stays === undefined) return
    const timer = setTimeout(() => dismissNotice(id), stays)
    return () => clearTimeout(timer)
  }, [held, stays, id, dismissNotice])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody reads it or is about to press a button in it.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex-none overflow-hidden rounded-lg bg-raised shadow-pop phone:border phone:border-line phone:shadow-none"
    >
      <div className={clsx('flex items-start gap-2 py-1.5 pr-1.5 pl-4', marks[notice.tone])}>
        <div className="min-w-0 flex-1 py-1.5 text-sm">
          <p className="break-words">{notice.text}</p>
          {notice.detail && <p className="text-xs break-words text-ink-2">{notice.detail}</p>}
        </div>
        {action && (
          <Button
            kind="text"
            className="mt-1"
            onClick={() => {
              action.run()
              dismissNotice(id)
            }}
          >
            {action.label}
          </Button>
        )}
        <IconButton icon={X} label="Dismiss" onClick={() => dismissNotice(id)} />
      </div>
    </div>
  )
}
