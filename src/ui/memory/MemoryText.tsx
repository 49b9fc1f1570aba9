import { useEffect, useId, useRef } from 'react'
import { AutoTextarea } from '#ui/chat/AutoTextarea.tsx'

type Props = { readonly label: string; readonly hint: string; readonly value: string; readonly onChange: (text: string) => void }

/** The field in which a memory is written; it has the focus when its dialog opens. */
export function MemoryText({ label, hint, value, onChange }: Props) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    area.current?.focus()
    area.current?.select()
  }, [])
  return (
    <div className="mt-3">
      <p className="mb-1 text-sm" aria-hidden="true">
        {label}
      </p>
      <AutoTextarea
        ref={area}
        label={label}
        value={value}
        onChange={onChange}
        aria-describedby={`${id}-hint`}
        className="min-h-20 rounded-md bg-raised px-3 py-2 text-base ring-1 ring-inset ring-edge focus:outline-2 focus:outline-offset-0 focus:outline-accent"
      />
      <p id={`${id}-hint`} className="mt-1 text-xs text-ink-3">
        {hint}
      </p>
    </div>
  )
}
