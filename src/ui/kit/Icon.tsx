import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'

/** An icon of the set, always beside a word or inside a labelled control. */
export function Icon({
  of: Shape,
  size = 16,
  className,
}: {
  readonly of: LucideIcon
  readonly size?: number
  readonly className?: string
}) {
  return <Shape size={size} strokeWidth={2.1} aria-hidden="true" className={clsx('block flex-none', className)} />
}
