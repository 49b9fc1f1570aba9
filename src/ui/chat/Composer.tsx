import clsx from 'clsx'
import { CornerDownLeft, Square, Undo2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Conversation } from '#chat/conversation.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatTime } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'
import { useActions, useLonghand, useLonghandStore } from '#ui/longhand-context.tsx'
import { AutoTextarea } from './AutoTextarea.tsx'
import { ComposerTools } from './ComposerTools.tsx'
import { setEditing, useChatState } from './chat-state.ts'
import { readDraft, type StoredDraft, writeDraft } from './drafts.ts'
import { isSendKey } from './is-send-key.ts'
import { whyNotSend } from './why-not-send.ts'

/** Where you write. Its text survives a reload, and comes back when a message could not be stored. */
export function Composer({ conversation }: { readonly conversation: Conversation }) {
  const actions = useActions()
  const store = useLonghandStore()
  const reason = useLonghand(whyNotSend)
  const live = useLonghand((state) => state.live[conversation.id] !== undefined)
  const sendWithEnter = useLonghand((state) => state.settings.sendWithEnter)
  const [recovered, setRecovered] = useState<StoredDraft | undefined>(() => readDraft(conversation))
  const [text, setText] = useState(recovered?.text ?? '')
  const [unsaved, setUnsaved] = useState(false)
  const phone = useMedia(phoneQuery)
  const outside = useLonghand(({ engine }) => engine.type !== 'none' && engine.model.source === 'remote')
  const area = useRef<HTMLTextAreaElement>(null)
  const fill = useChatState((state) => state.fill)
  const filled = useRef(fill.number)

  function change(next: string) {
    setText(next)
    setRecovered(undefined)
    setUnsaved(!writeDraft(conversation, next, Date.now()))
    actions.setDraft(next)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each conversation, with its draft.
  useEffect(() => {
    actions.setDraft(text)
    if (matchMedia('(pointer: fine)').matches) area.current?.focus()
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new text from elsewhere fills the field.
  useEffect(() => {
    if (fill.number === filled.current) return
    filled.current = fill.number
    change(fill.text)
    area.current?.focus()
  }, [fill])

  // The button that loaded the model is gone, and with it the focus: writing is next.
  useEffect(() => {
    if (reason === undefined && document.activeElement === document.body && matchMedia('(pointer: fine)').matches)
      area.current?.focus()
  }, [reason])

  async function send() {
    if (text.trim() === '' || live || whyNotSend(store.getState())) return
    const sent = text
    setText('')
    setRecovered(undefined)
    const stored = await actions.send(sent)
    if (stored) {
      writeDraft({ ...conversation, messageCount: 0 }, '', Date.now())
      writeDraft({ ...conversation, messageCount: 1 }, '', Date.now())
      actions.setDraft(area.current?.value ?? '')
    } else setText((since) => (since === '' ? sent : `${sent}\n${since}`))
    area.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isSendKey(event, sendWithEnter)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'ArrowUp' && text === '') {
      const last = store.getState().open?.messages.findLast(({ role }) => role === 'user')
      if (last && !live) setEditing(last.id)
    }
  }

  const empty = text.trim() === ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      className={clsx(
        'rounded-lg bg-raised pt-3 pr-2 pb-2 pl-4 phone:pt-2.5 phone:pr-1 phone:pb-1 phone:pl-3.5',
        'focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
        conversation.temporary ? 'border border-dashed border-edge' : 'ring-1 ring-inset ring-edge',
      )}
    >
      {recovered && (
        <p className="-mt-1 mb-1.5 -ml-0.5 flex items-center gap-2 text-xs text-ink-2">
          <Icon of={Undo2} size={14} className="text-warn" />
          Draft from {formatTime(recovered.at)}, recovered
          <Button
            kind="text"
            className="ml-auto"
            onClick={() => {
              change('')
              area.current?.focus()
            }}
          >
            Discard
          </Button>
        </p>
      )}
      <AutoTextarea
        ref={area}
        label="Message"
        data-composer
        value={text}
        onChange={change}
        onKeyDown={onKeyDown}
        placeholder={placeholderOf(conversation.temporary, phone, outside)}
        enterKeyHint={sendWithEnter ? 'send' : 'enter'}
        autoComplete="off"
        className="pr-2 outline-none"
      />
      {unsaved && (
        <p className="mt-1 text-xs text-warn">The browser has no room to keep this draft: it would be lost on a reload.</p>
      )}
      <div className="mt-2 -ml-2 flex items-center gap-0.5 text-xs text-ink-3 phone:mt-0.5">
        <ComposerTools conversation={conversation} />
        {live ? (
          <Button kind="outline" className="ml-auto" aria-label="Stop" aria-keyshortcuts="Escape" onClick={() => actions.stop()}>
            <Icon of={Square} size={14} />
            Stop
            <kbd className="touch:hidden">Esc</kbd>
          </Button>
        ) : (
          <Button
            kind="primary"
            type="submit"
            className="ml-auto"
            aria-label="Send"
            disabled={empty || reason !== undefined}
            title={reason ?? (empty ? 'Write something first' : undefined)}
          >
            Send
            <Icon of={CornerDownLeft} size={13} className="opacity-80 touch:hidden" />
          </Button>
        )}
      </div>
    </form>
  )
}

/** What becomes of what is written. A phone has room for a few words only. */
function placeholderOf(temporary: boolean | undefined, phone: boolean, outside: boolean): string {
  const write = 'Write a message'
  if (temporary)
    return phone ? `${write}, not stored` : `${write}. It will not be stored${outside ? ' here, and is sent to the server' : ''}.`
  if (outside) return phone ? `${write} to the server` : `${write}. It is sent to the server.`
  return phone ? write : `${write}. Nothing leaves this device.`
}
