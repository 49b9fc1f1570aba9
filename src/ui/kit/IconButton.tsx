import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Icon } from './Icon.tsx'
import { Tooltip } from './Tooltip.tsx'

type Props = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  readonly icon: LucideIcon
  /** The accessible name, and the tooltip's first words. */
  readonly label: string
  /** The key that does the same, shown in the tooltip: "Ctrl K". */
  readonly keys?: string
  /** More about it, shown in the tooltip only. */
  readonly hint?: string | undefined
  readonly small?: boolean
}

/** A square button with an icon only; its name appears on hover and focus. */
export function IconButton({ icon, label, keys, hint, small = false, className, type = 'button', ...rest }: Props) {
  return (
    <Tooltip text={hint ? `${label}: ${hint}` : label} keys={keys}>
      <button
        type={type}
        aria-label={label}
        className={clsx(
          'inline-grid flex-none cursor-pointer place-items-center rounded-md text-ink-2 transition-colors hover:bg-sunk hover:text-ink',
          'touch:size-11 aria-pressed:bg-wash aria-pressed:text-accent disabled:cursor-default disabled:bg-transparent disabled:text-ink-3 disabled:opacity-60',
          small ? 'size-6.5' : 'size-8',
          className,
        )}
        {...rest}
      >
        <Icon of={icon} />
      </button>
    </Tooltip>
  )
}
