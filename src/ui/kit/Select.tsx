import clsx from 'clsx'
import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { Icon } from './Icon.tsx'

type Props<T extends string> = {
  readonly label: string
  readonly hideLabel?: boolean
  readonly hint?: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[]
  readonly disabled?: boolean
  readonly onChange: (value: T) => void
  readonly className?: string
}

/** One of several, in the browser's own list: right on every device and with every screen reader. */
export function Select<T extends string>({
  label,
  hideLabel = false,
  hint,
  value,
  options,
  disabled,
  onChange,
  className,
}: Props<T>) {
  const id = useId()
  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm text-ink'}>
        {label}
      </label>
      <span className="relative inline-flex">
        <select
          id={id}
          value={value}
          disabled={disabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
          className="min-h-8 touch:min-h-11 w-full cursor-pointer appearance-none rounded-md bg-raised pr-8 pl-2.5 text-sm ring-1 ring-inset ring-edge hover:bg-sunk disabled:cursor-default disabled:text-ink-3"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled} className="bg-raised text-ink">
              {option.label}
            </option>
          ))}
        </select>
        <Icon of={ChevronDown} size={14} className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-2" />
      </span>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {hint}
        </p>
      )}
    </div>
  )
}
