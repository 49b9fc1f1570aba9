import { useState } from 'react'
import type { Message } from '#chat/message.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { AutoTextarea } from './AutoTextarea.tsx'
import { isSendKey } from './is-send-key.ts'

/** Other words for a message of yours. The old version and its replies stay: arrows lead back to them. */
export function EditMessage({ message, onDone }: { readonly message: Message; readonly onDone: () => void }) {
  const [text, setText] = useState(message.text)
  const { edit } = useActions()
  const sendWithEnter = useLonghand((state) => state.settings.sendWithEnter)
  const changed = text.trim() !== '' && text !== message.text

  async function send() {
    if (changed && (await edit(message.id, text))) onDone()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onDone()
        if (isSendKey(event, sendWithEnter)) {
          event.preventDefault()
          void send()
        }
      }}
    >
      <AutoTextarea
        label="New words"
        value={text}
        onChange={setText}
        autoFocus
        className="rounded-md bg-raised px-2.5 py-1.5 -outline-offset-1! ring-1 ring-inset ring-edge"
      />
      <div className="mt-2 flex items-center justify-end gap-2">
        <span className="mr-auto text-xs text-ink-3">The present version is kept.</span>
        <Button onClick={onDone}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={!changed}>
          Save and reply
        </Button>
      </div>
    </form>
  )
}
