import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Icon } from './Icon.tsx'

type Props = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & { readonly icon: LucideIcon; readonly label: string }

/** The icon button that opens a Menu. */
export function MenuButton({ icon, label, className, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      className={clsx(
        'inline-grid size-6.5 flex-none cursor-pointer place-items-center rounded-md text-ink-2 transition-[opacity,color] touch:size-11 hover:bg-sunk hover:text-ink',
        className,
      )}
      {...rest}
    >
      <Icon of={icon} />
    </button>
  )
}
