import { useId, useState } from 'react'
import { readSamplingNumber, type SamplingNumber, samplingBounds } from '#context/sampling-bounds.ts'

type Props = {
  readonly of: SamplingNumber
  /** What the user set; absent: the model's own holds. */
  readonly value: number | undefined
  /** What holds where nothing is set, in words. */
  readonly own: string
  readonly hint: string
  readonly onChange: (value: number | undefined) => void
}

/** A number of a model's sampling: empty is the model's own; saved when the field is left, or refused with what it may be. */
export function SamplingField({ of, value, own, hint, onChange }: Props) {
  const id = useId()
  const stored = value === undefined ? '' : String(value)
  const [text, setText] = useState(stored)
  const [known, setKnown] = useState(stored)
  if (known !== stored) {
    setKnown(stored)
    setText(stored)
  }
  const read = text.trim() === '' ? undefined : readSamplingNumber(of, text)
  const problem = read && 'problem' in read ? read.problem : undefined
  function save() {
    if (problem === undefined && text.trim() !== stored) onChange(read && 'value' in read ? read.value : undefined)
  }
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-sm">
        {samplingBounds[of].name}
      </label>
      <input
        id={id}
        inputMode={samplingBounds[of].whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={text}
        placeholder={own}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== undefined}
        className="num mt-1 block min-h-8 touch:min-h-11 w-full rounded-md bg-raised px-2.5 text-sm ring-1 ring-edge ring-inset placeholder:text-ink-3 aria-invalid:ring-bad"
      />
      <p id={`${id}-hint`} className={`mt-1 text-xs ${problem ? 'text-bad' : 'text-ink-3'}`}>
        {problem ?? hint}
      </p>
    </div>
  )
}
