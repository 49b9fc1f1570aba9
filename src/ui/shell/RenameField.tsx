import { useState } from 'react'

type Props = {
  readonly title: string
  /** `byKey`: it ended with Enter or Escape, so the focus is to go where it came from. */
  readonly onDone: (next: string | undefined, byKey: boolean) => void
}

/** The same function for every render: a new one would select the text again after every letter. */
const selectAll = (field: HTMLInputElement | null) => field?.select()

/** The title of a conversation as a field, in place: Enter or leaving it keeps the text, Escape does not. */
export function RenameField({ title, onDone }: Props) {
  const [text, setText] = useState(title)
  return (
    <input
      aria-label="Title"
      value={text}
      maxLength={200}
      ref={selectAll}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text.trim() || undefined, false)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onDone(text.trim() || undefined, true)
        if (event.key === 'Escape') onDone(undefined, true)
      }}
      className="block min-h-7.5 touch:min-h-11 w-full min-w-0 rounded-md bg-raised px-2 text-sm ring-1 ring-inset ring-edge"
    />
  )
}
