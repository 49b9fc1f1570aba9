import { useId } from 'react'

type Props = {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem?: string
  readonly placeholder?: string
  readonly type?: 'text' | 'password'
  readonly inputMode?: 'url' | 'numeric'
}

/** A line of text with its label, what it is for, and what is wrong with it. */
export function TextField({ label, hint, value, onChange, problem, placeholder, type = 'text', inputMode }: Props) {
  const id = useId()
  return (
    <div className="mb-3">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <input
        id={id}
        type={type}
        inputMode={inputMode}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 block min-h-8 w-full rounded-md bg-raised px-2.5 text-sm ring-1 ring-edge ring-inset placeholder:text-ink-3 touch:min-h-11"
      />
      <p id={`${id}-hint`} className={`mt-1 text-xs ${problem ? 'text-bad' : 'text-ink-3'}`}>
        {problem ?? hint}
      </p>
    </div>
  )
}
