import { useId, useState } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { currentModel } from './current-model.ts'

/** The system instructions: saved when the field is left, and it says whether they are. Empty means the model's own. */
export function InstructionsField() {
  const id = useId()
  const stored = useLonghand((state) => state.settings.instructions)
  const model = useLonghand(currentModel)
  const { updateSettings } = useActions()
  const [text, setText] = useState(stored)
  const [saved, setSaved] = useState(false)
  const [known, setKnown] = useState(stored)
  if (known !== stored) {
    // Another tab changed them: shown at once, unless something else is being typed here.
    setKnown(stored)
    if (text === known) setText(stored)
  }
  async function save(next: string) {
    if (next === stored) return
    await updateSettings({ instructions: next })
    setSaved(true)
  }
  const changed = text !== stored
  return (
    <div className="py-3">
      <label htmlFor={id}>System instructions</label>
      <p id={`${id}-hint`} className="max-w-140 text-xs text-ink-3">
        Sent first in every prompt. A change begins a new epoch: the next prompt is read from its start.
      </p>
      <textarea
        id={id}
        rows={5}
        value={text}
        aria-describedby={`${id}-hint ${id}-state`}
        placeholder={model?.defaultInstructions}
        onChange={(event) => {
          setText(event.target.value)
          setSaved(false)
        }}
        onBlur={() => void save(text)}
        className="mt-2 block w-full resize-y rounded-md bg-raised px-3 py-2 ring-1 ring-inset ring-edge placeholder:text-ink-3 focus:outline-2 focus:outline-offset-0 focus:outline-accent"
      />
      <div className="mt-1 flex min-h-6 flex-wrap items-center gap-x-3 text-xs text-ink-3">
        <p id={`${id}-state`} role="status" className="flex-1">
          {changed ? 'Not saved yet: saved when you leave the field.' : stateWords(stored, saved, model?.name)}
        </p>
        {text !== '' && (
          <Button
            kind="text"
            onClick={() => {
              setText('')
              void save('')
            }}
          >
            Use the model’s own
          </Button>
        )}
      </div>
    </div>
  )
}

function stateWords(stored: string, saved: boolean, model: string | undefined): string {
  const own = stored === '' ? `Empty: those of ${model ?? 'the model'} are sent.` : ''
  return [saved ? 'Saved.' : '', own].filter(Boolean).join(' ')
}
