import { useState } from 'react'

/** The title of a conversation as a field, in place: Enter or leaving it keeps the text, Escape does not. */
export function RenameField({ title, onDone }: { readonly title: string; readonly onDone: (next: string | undefined) => void }) {
  const [text, setText] = useState(title)
  return (
    <input
      aria-label="Title"
      value={text}
      maxLength={200}
      ref={(element) => element?.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text.trim() || undefined)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onDone(text.trim() || undefined)
        if (event.key === 'Escape') onDone(undefined)
      }}
      className="block min-h-7.5 touch:min-h-11 w-full min-w-0 rounded-md bg-raised px-2 text-sm ring-1 ring-inset ring-edge"
    />
  )
}
