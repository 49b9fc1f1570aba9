import clsx from 'clsx'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '#ui/kit/IconButton.tsx'

type Props = {
  readonly tone: 'info' | 'warn' | 'bad'
  readonly children: ReactNode
  /** Buttons and links, at the end. */
  readonly actions?: ReactNode
  readonly onDismiss?: () => void
}

const grounds: Readonly<Record<Props['tone'], string>> = {
  info: 'bg-rail text-ink-2',
  warn: 'bg-warn-wash text-ink',
  bad: 'bg-bad-wash text-ink',
}

/** A strip over the page: something that holds until it is mended. */
export function Banner({ tone, children, actions, onDismiss }: Props) {
  return (
    <div
      role="status"
      className={clsx('flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5 pr-3.5 pl-6 text-sm phone:pl-4', grounds[tone])}
    >
      <p className="min-w-0 flex-1 basis-60 py-1 phone:basis-0">{children}</p>
      {actions && <div className="phone:order-1 phone:basis-full">{actions}</div>}
      {onDismiss && <IconButton icon={X} label="Dismiss" onClick={onDismiss} />}
    </div>
  )
}
