import { useId } from 'react'

type Props<T extends string> = {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

/** One of a few, all in sight: radio buttons drawn as one strip. */
export function Segmented<T extends string>({ label, hideLabel = false, value, options, onChange }: Props<T>) {
  const name = useId()
  return (
    <fieldset className="flex w-fit flex-wrap items-center">
      <legend className={hideLabel ? 'sr-only' : 'float-left mr-3 text-sm'}>{label}</legend>
      <div className="flex gap-0.5 rounded-md bg-sunk p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative inline-flex touch:min-h-10 min-h-7 cursor-pointer items-center rounded-sm px-2.5 text-sm text-ink-2 has-checked:bg-raised has-checked:font-semibold has-checked:text-ink has-checked:ring-1 has-checked:ring-edge has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
