import { useId, useState } from 'react'
import { type TakenIn, takeInFiles } from '#engine/model-files/take-in-files.ts'
import type { ModelBuild } from '#ports/model.ts'
import { formatPlural } from '#ui/kit/format.ts'
import { entriesOf, filesOf } from './dropped-files.ts'

type Props = { readonly build: ModelBuild; readonly onTaken: () => void }

type State =
  | { readonly type: 'idle' | 'reading' }
  | ({ readonly type: 'done' } & TakenIn)
  | { readonly type: 'failed'; readonly message: string }

/** Takes the files of a model from this computer instead of the hub: nothing is sent and nothing is asked. */
export function BringFiles({ build, onTaken }: Props) {
  const id = useId()
  const [state, setState] = useState<State>({ type: 'idle' })
  async function take(reading: Promise<readonly File[]>): Promise<void> {
    setState({ type: 'reading' })
    try {
      setState({ type: 'done', ...(await takeInFiles(build, await reading)) })
      onTaken()
    } catch (error) {
      setState({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <details className="mt-8 border-line border-t pt-4">
      <summary className="w-fit cursor-pointer text-sm text-ink-2 touch:py-3">I have the files already</summary>
      <p className="mt-2 max-w-prose text-sm text-ink-2">
        Choose the files of this model, or drop them or their folder, as the hub lists them: the configuration, the tokenizer,
        tensor-cache.json, the weights, and the library (.wasm). Each is checked; nothing leaves this computer.
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button inside does the same. */}
      <div
        className="mt-3 rounded-lg p-4 ring-1 ring-edge ring-inset"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          void take(filesOf(entriesOf(event.dataTransfer)))
        }}
      >
        <label htmlFor={id} className="text-sm">
          Files of this model
        </label>
        <input
          id={id}
          type="file"
          multiple
          disabled={state.type === 'reading'}
          onChange={({ target: { files } }) => files?.length && void take(Promise.resolve([...files]))}
          className="mt-1 block max-w-full text-sm touch:min-h-11"
        />
      </div>
      <div role="status" className="mt-2 text-sm">
        {state.type === 'reading' && 'The files are being checked…'}
        {state.type === 'failed' && <p className="text-bad">{state.message}</p>}
        {state.type === 'done' && <Outcome {...state} />}
      </div>
    </details>
  )
}

function Outcome({ taken, refused, missing }: TakenIn) {
  return (
    <>
      <p>
        {formatPlural(taken.length, 'file')} taken in.
        {missing.length > 0 && ` Still missing: ${missing.slice(0, 6).join(', ')}${missing.length > 6 ? '…' : ''}.`}
      </p>
      {refused.map(({ name, reason }) => (
        <p key={name} className="text-bad">
          {reason}
        </p>
      ))}
    </>
  )
}
