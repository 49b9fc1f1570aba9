import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useRoute } from 'wouter'
import { Icon } from '#ui/kit/Icon.tsx'
import { setDrawerOpen } from './shell-state.ts'

export const navLook =
  'flex min-h-8 touch:min-h-11 w-full cursor-pointer items-center gap-2.25 rounded-md px-2 text-left text-sm text-ink-2 transition-colors hover:bg-sunk hover:text-ink'

/** A link of the rail to one of the pages. */
export function NavLink({
  href,
  pattern = href,
  icon,
  label,
  children,
}: {
  readonly href: string
  /** Paths on which it is the current page. */
  readonly pattern?: string
  readonly icon: LucideIcon
  readonly label: string
  readonly children?: ReactNode
}) {
  const [active] = useRoute(pattern)
  return (
    <Link
      href={href}
      aria-current={active ? 'page' : undefined}
      onClick={() => setDrawerOpen(false)}
      className={clsx(navLook, active && 'bg-sunk font-semibold text-ink')}
    >
      <Icon of={icon} className={active ? 'text-accent' : 'text-ink-3'} />
      {label}
      {children}
    </Link>
  )
}
