import clsx from 'clsx'
import { type ReactNode, useId } from 'react'

type Props = {
  readonly label: string
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (checked: boolean) => void
}

/** On or off, at once. */
export function Switch({ label, hint, checked, disabled = false, onChange }: Props) {
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className={clsx(
          'relative mt-px h-5 w-9 flex-none cursor-pointer rounded-full transition-colors after:absolute after:top-1/2 after:left-1/2 after:size-11 after:-translate-1/2 disabled:cursor-default disabled:opacity-50',
          checked ? 'bg-accent' : 'bg-paper ring-[1.5px] ring-inset ring-edge',
        )}
      >
        <span
          className={clsx(
            'absolute top-1 left-1 size-3 rounded-full transition-transform forced-colors:bg-[ButtonText]',
            checked ? 'translate-x-4 bg-on-accent' : 'bg-edge',
          )}
        />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the label of the switch beside it, which takes keys itself. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same. */}
      <span className="min-w-0" onClick={() => !disabled && onChange(!checked)}>
        <span id={`${id}-label`} className="block cursor-pointer">
          {label}
        </span>
        {hint && (
          <span id={`${id}-hint`} className="block text-xs text-ink-3">
            {hint}
          </span>
        )}
      </span>
    </div>
  )
}
