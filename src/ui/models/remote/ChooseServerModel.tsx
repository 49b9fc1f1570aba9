import { type FormEvent, useState } from 'react'
import { LEAST_WINDOW } from '#ports/plan-window.ts'
import type { ServerFound } from '#ports/remote-server.ts'
import type { ChosenServerModel } from '#runtime/remote/remote-settings.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { Switch } from '#ui/kit/Switch.tsx'
import { TextField } from './TextField.tsx'

type Props = {
  readonly address: string
  readonly found: ServerFound
  readonly onBack: () => void
  readonly onChoose: (model: ChosenServerModel, sideWork: boolean) => Promise<void>
}

/** Which of a server's models, how large its window is, and how far it may be asked. */
export function ChooseServerModel({ address, found, onBack, onChoose }: Props) {
  const [first] = found.models
  const [id, setId] = useState(first?.id ?? '')
  const [typed, setTyped] = useState('')
  const [sideWork, setSideWork] = useState(false)
  const told = found.models.find((model) => model.id === id)?.contextTokens
  const windowTokens = told ?? Number(typed.replaceAll(/[,.\s]/g, ''))
  const fits = Number.isInteger(windowTokens) && windowTokens >= LEAST_WINDOW
  const small = told !== undefined && told < LEAST_WINDOW

  function submit(event: FormEvent) {
    event.preventDefault()
    if (id === '' || !fits) return
    void onChoose({ id, windowTokens, windowBy: told === undefined ? 'user' : 'server', template: found.template }, sideWork)
  }
  return (
    <form onSubmit={submit} className="max-w-136" aria-label="The model of the server">
      <p role="status" className="mb-3 text-sm text-ink-2">
        {found.models.length === 0
          ? `${address} answers, and offers no model. Load one there, then look again.`
          : `${address} answers.`}{' '}
        {countWords(found)}
      </p>
      {first && (
        <>
          <Select
            label="Model"
            className="mb-3"
            value={id}
            options={found.models.map((model) => ({ value: model.id, label: model.id }))}
            onChange={setId}
          />
          {told === undefined ? (
            <TextField
              label="Its window at the server, in tokens"
              inputMode="numeric"
              value={typed}
              onChange={setTyped}
              placeholder="8,192"
              hint="The server does not say. A prompt that is too long for it is refused there, or cut without a word."
              {...(typed !== '' && !fits ? { problem: `A whole number of at least ${formatCount(LEAST_WINDOW)}.` } : {})}
            />
          ) : (
            <p className={`mb-3 text-sm ${small ? 'text-bad' : 'text-ink-2'}`}>
              Its window is <span className="num">{formatCount(told)}</span> tokens, as the server says
              {small ? `. At least ${formatCount(LEAST_WINDOW)} are needed: start it with a larger one.` : '.'}
            </p>
          )}
          <Switch
            label="Also for work beside the chat"
            hint="Titles, summaries, facts and the choice of memories are then asked of the server too, unseen by you. Off: they wait for a model on this device, or are made by rules."
            checked={sideWork}
            onChange={setSideWork}
          />
        </>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {first && (
          <Button kind="outline" type="submit" disabled={!fits}>
            Use this model
          </Button>
        )}
        <Button onClick={onBack}>Another server</Button>
      </div>
    </form>
  )
}

/** What can be known of a prompt before it is sent. */
function countWords({ counts, template }: ServerFound): string {
  if (counts && template.stop.length > 0)
    return 'It counts tokens and tells how it lays messages: prompts are sent as their exact tokens. What is shown before that is an estimate.'
  return 'It lays messages by itself: tokens shown before a reply are estimates, and what it counted is shown after.'
}
