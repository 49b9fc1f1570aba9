import clsx from 'clsx'

type Props = {
  /** Names what is going on. */
  readonly label: string
  /** 0 to 1; absent while it cannot be told, then the bar is empty and the words beside it say what happens. */
  readonly fraction?: number | undefined
  readonly className?: string
}

/** How far something is. Nothing moves while nothing is known. */
export function ProgressBar({ label, fraction, className }: Props) {
  const percent = fraction === undefined ? undefined : Math.round(Math.min(1, Math.max(0, fraction)) * 1000) / 10
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={clsx('h-1 overflow-hidden rounded-full bg-sunk forced-colors:border', className)}
    >
      <div className="h-full bg-accent transition-[width] forced-colors:bg-[Highlight]" style={{ width: `${percent ?? 0}%` }} />
    </div>
  )
}
