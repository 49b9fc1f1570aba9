import clsx from 'clsx'
import type { ComponentProps } from 'react'

type Kind = 'plain' | 'outline' | 'primary' | 'destructive' | 'text'

const looks: Readonly<Record<Kind, string>> = {
  plain: 'text-ink hover:bg-sunk',
  outline: 'text-ink ring-1 ring-inset ring-edge hover:bg-sunk',
  primary: 'bg-accent font-semibold text-on-accent hover:bg-[color-mix(in_oklab,var(--color-accent)_88%,var(--color-ink))]',
  destructive: 'bg-bad font-semibold text-paper hover:bg-[color-mix(in_oklab,var(--color-bad)_88%,var(--color-ink))]',
  text: 'text-accent hover:bg-sunk',
}

/** The classes of a button, for links that look like one. */
export function buttonClass(kind: Kind = 'plain', className?: string): string {
  return clsx(
    'inline-flex touch:min-h-11 cursor-pointer items-center justify-center gap-1.5 rounded-md text-sm whitespace-nowrap transition-colors',
    kind === 'text' ? 'min-h-6 px-1.5' : 'min-h-8 px-3',
    'disabled:cursor-default disabled:bg-sunk disabled:text-ink-3 disabled:ring-0',
    looks[kind],
    className,
  )
}

/** A button with words. One primary at most on a surface. */
export function Button({
  kind = 'plain',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { readonly kind?: Kind }) {
  return <button type={type} className={buttonClass(kind, className)} {...rest} />
}
