import { useId, useState } from 'react'
import { readStopTexts, writeStopTexts } from '#context/sampling-bounds.ts'

type Props = { readonly texts: readonly string[]; readonly onChange: (texts: readonly string[]) => void }

/** Texts that end a reply, one a line; saved when the field is left. */
export function StopTexts({ texts, onChange }: Props) {
  const id = useId()
  const stored = writeStopTexts(texts)
  const [text, setText] = useState(stored)
  const [known, setKnown] = useState(stored)
  if (known !== stored) {
    setKnown(stored)
    setText(stored)
  }
  const read = readStopTexts(text)
  const problem = 'problem' in read ? read.problem : undefined
  return (
    <div className="py-3">
      <label htmlFor={id} className="text-sm">
        Stop texts
      </label>
      <textarea
        id={id}
        rows={2}
        value={text}
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => 'value' in read && text !== stored && onChange(read.value)}
        className="mt-1 block w-full resize-y rounded-md bg-raised px-2.5 py-1.5 font-mono text-sm ring-1 ring-edge ring-inset aria-invalid:ring-bad"
      />
      <p id={`${id}-hint`} className={`mt-1 text-xs ${problem ? 'text-bad' : 'text-ink-3'}`}>
        {problem ?? 'A reply ends before one of these, which is not shown. One a line; \\n is a line break.'}
      </p>
    </div>
  )
}
