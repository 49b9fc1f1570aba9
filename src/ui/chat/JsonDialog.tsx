import { useId, useState } from 'react'
import type { Conversation } from '#chat/conversation.ts'
import { whyFree } from '#runtime/check-json.ts'
import { readJsonSchema } from '#shared/json-schema.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Switch } from '#ui/kit/Switch.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

type Props = { readonly conversation: Conversation; readonly onClose: () => void }

const example = `{
  "type": "object",
  "properties": {
    "answer": { "type": "string" },
    "sure": { "type": "boolean" }
  },
  "required": ["answer", "sure"]
}`

/** Holds the replies of one chat to JSON by a schema, which is checked while it is written. */
export function JsonDialog({ conversation, onClose }: Props) {
  const { setJson } = useActions()
  const id = useId()
  const [on, setOn] = useState(Boolean(conversation.json))
  const [text, setText] = useState(conversation.json || example)
  const read = readJsonSchema(text)
  const problem = on && 'problem' in read ? read.problem : undefined
  return (
    <Dialog
      title="Replies as JSON"
      lead="In this chat the model is held to JSON that fits a schema. The receipt says so, and whether the reply fits."
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={problem !== undefined}
            onClick={() => {
              void setJson(conversation.id, on ? text : '')
              onClose()
            }}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="my-3.5">
        <Switch label="Reply as JSON" checked={on} onChange={setOn} />
      </div>
      {on && (
        <>
          <label htmlFor={id} className="text-sm">
            Schema
          </label>
          <textarea
            id={id}
            value={text}
            rows={9}
            spellCheck={false}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-problem`}
            onChange={(event) => setText(event.target.value)}
            className="mt-1 block w-full resize-y rounded-md bg-raised p-2.5 font-mono text-xs ring-1 ring-edge ring-inset"
          />
          <p id={`${id}-problem`} role="status" className="mt-1 mb-2 min-h-4.5 text-xs text-bad">
            {problem}
          </p>
          <p className="text-xs text-ink-3">
            JSON Schema with type, properties, required, items, enum, const, anyOf and limits of lengths. Anything else is
            refused, since it could not be kept to. Ask for JSON in your message too: what a model is made to write is not yet
            what it means.
          </p>
          <EngineNote />
        </>
      )}
    </Dialog>
  )
}

/** What the loaded model can do of it. */
function EngineNote() {
  const engine = useLonghand((state) => state.engine)
  const settings = useLonghand((state) => state.settings)
  if (engine.type !== 'ready' && engine.type !== 'generating') return null
  const { model, loaded } = engine
  const why = whyFree(settings, model, loaded)
  if (why) return <p className="mt-1.5 text-xs text-warn">Not with what is loaded now: {why} A message is then not answered.</p>
  if (loaded.writesJson === 'asked')
    return <p className="mt-1.5 text-xs text-ink-2">A server is asked for it, and may not do it. The reply is checked here.</p>
  return null
}
