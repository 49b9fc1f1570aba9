import clsx from 'clsx'
import type { Room } from '#ports/plan-window.ts'
import { formatBytes } from '#ui/kit/format.ts'

/** What the colours of the bars mean, and where this device ends. */
export function MemoryLegend({ room }: { readonly room: Room | undefined }) {
  return (
    <p className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      <Key look="bg-ink-2">weights</Key>
      <Key look="bg-accent">window</Key>
      <Key look="bg-accent/30 forced-colors:border">up to the safe window</Key>
      <Key look="ring-1 ring-edge ring-inset">working room</Key>
      {room && (
        <Key look="h-3.5! w-0! border-ink border-l border-dashed">
          this device, {room.basis === 'trial' ? '' : 'about '}
          {formatBytes(room.usableBytes)}
          {room.basis === 'trial' ? ' by trial' : ': an estimate, since no browser tells'}
        </Key>
      )}
    </p>
  )
}

function Key({ look, children }: { readonly look: string; readonly children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={clsx('h-2.25 w-3.5 rounded-[1px]', look)} />
      <span>{children}</span>
    </span>
  )
}
