import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

type Props = ComponentProps<'input'> & {
  readonly label: string
  /** What to know before typing. */
  readonly hint?: ReactNode
  /** What is wrong with the present text. */
  readonly error?: string | undefined
  readonly hideLabel?: boolean
}

/** One line of text with its label. */
export function TextField({ label, hint, error, hideLabel = false, className, ...rest }: Props) {
  const id = useId()
  const described = hint || error ? `${id}-about` : undefined
  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm text-ink'}>
        {label}
      </label>
      <input
        id={id}
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
        className="min-h-8 touch:min-h-11 w-full rounded-md bg-raised px-2.5 ring-1 ring-inset ring-edge placeholder:text-ink-3 focus:outline-2 focus:outline-offset-0 focus:outline-accent aria-invalid:ring-bad"
        {...rest}
      />
      {(hint || error) && (
        <p id={described} className={clsx('text-xs', error ? 'text-bad' : 'text-ink-3')}>
          {error ?? hint}
        </p>
      )}
    </div>
  )
}
