import type { LoadedModel } from '#ports/engine.ts'
import { sinkTokens } from '#runtime/rolling-load.ts'
import type { ModelRow } from '#runtime/state.ts'
import { formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { useActions } from '#ui/longhand-context.tsx'

const kinds = [
  { value: 'off', label: 'plain: keeps all that it reads' },
  { value: 'on', label: 'rolling, with sinks: keeps the first and the newest' },
] as const

type Props = {
  readonly row: ModelRow
  /** The model as it runs now; absent where it does not. */
  readonly loaded: LoadedModel | undefined
}

/** Whether the window of a model that can do it rolls, with what that does and costs. */
export function RollingChoice({ row: { model, rolling, windowTokens }, loaded }: Props) {
  const { setRolling } = useActions()
  if (!rolling) return null
  const whole = windowTokens >= model.contextLength
  const words = whole
    ? `This window holds all that the model was trained to read, ${formatCount(model.contextLength)} tokens: nothing can roll out. Choose a smaller one.`
    : `Reads prompts of up to ${formatCount(model.contextLength)} tokens in the memory of ${formatCount(windowTokens)}: it keeps the first ${formatCount(sinkTokens)} and the newest ${formatCount(windowTokens - sinkTokens)}. What lies between, instructions too, is read and forgotten; the receipt names it. After an edit or another chat all is read anew.`
  const rolls = rolling === 'on' && !whole
  const waits = loaded && (loaded.rolling !== undefined) !== rolls
  return (
    <div className="mt-1.5">
      <Select
        label={`Kind of window of ${model.name}`}
        hideLabel
        className="w-fit max-w-full"
        value={rolling}
        options={kinds}
        {...(rolling === 'on' ? { hint: words } : {})}
        onChange={(value) => void setRolling(model.id, value === 'on')}
      />
      {waits && (
        <p className="mt-1 text-xs text-warn">
          {rolls ? 'It runs with a plain window until it is loaded again.' : 'Its window rolls until it is loaded again.'}
        </p>
      )}
    </div>
  )
}
