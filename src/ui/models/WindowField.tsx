import { useId, useState } from 'react'
import { LEAST_WINDOW } from '#ports/plan-window.ts'
import { Button } from '#ui/kit/Button.tsx'

type Props = { readonly name: string; readonly windowTokens: number; readonly onChoose: (tokens: number) => void }

/** A window of any size, typed in. */
export function WindowField({ name, windowTokens, onChoose }: Props) {
  const id = useId()
  const [text, setText] = useState(String(windowTokens))
  const tokens = Number(text)
  const usable = Number.isInteger(tokens) && tokens >= LEAST_WINDOW
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (usable) onChoose(tokens)
      }}
    >
      <label htmlFor={id} className="sr-only">
        Tokens in the window of {name}
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value.trim())}
        aria-describedby={`${id}-hint`}
        aria-invalid={!usable}
        className="num min-h-8 touch:min-h-11 w-24 rounded-md bg-raised px-2.5 text-sm ring-1 ring-edge ring-inset"
      />
      <Button type="submit" kind="outline" disabled={!usable}>
        Set
      </Button>
      <span id={`${id}-hint`} className="text-xs text-ink-3">
        tokens, {LEAST_WINDOW.toLocaleString('en-GB')} or more
      </span>
    </form>
  )
}
