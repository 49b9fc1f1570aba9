import type { Settings } from '#runtime/settings.ts'
import type { EngineState } from '#runtime/state.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { engineWords } from './model-words.ts'

const choices: readonly { readonly value: Settings['runsOn']; readonly label: string }[] = [
  { value: 'automatic', label: 'Automatic' },
  { value: 'gpu', label: 'GPU' },
  { value: 'cpu', label: 'CPU' },
]

/** What models are to run on, and what really runs. */
export function RunsOn() {
  const chosen = useLonghand((state) => state.settings.runsOn)
  const engine = useLonghand((state) => state.engine)
  const follower = useLonghand((state) => state.tab === 'follower')
  const { updateSettings } = useActions()
  return (
    <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
      <fieldset className="flex items-center gap-3">
        <legend className="float-left mr-3 text-sm">Run on</legend>
        <div className="flex gap-0.5 rounded-md bg-sunk p-0.5">
          {choices.map(({ value, label }) => (
            <label
              key={value}
              className="inline-flex touch:min-h-10 min-h-7 cursor-pointer items-center rounded-sm px-2.5 text-sm text-ink-2 has-checked:bg-raised has-checked:font-semibold has-checked:text-ink has-checked:ring-1 has-checked:ring-edge has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="runs-on"
                value={value}
                checked={chosen === value}
                onChange={() => void updateSettings({ runsOn: value })}
                className="sr-only"
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <p role="status" className="text-xs text-ink-3">
        {follower ? 'Another tab runs the model; it answers for this one.' : runsNow(engine)}
      </p>
    </div>
  )
}

function runsNow(engine: EngineState): string {
  switch (engine.type) {
    case 'none':
      return 'Nothing is loaded. Automatic takes a real GPU where there is one, else the CPU.'
    case 'loading':
      return `${engine.model.name} is being loaded for ${engineWords[engine.engine]}.`
    case 'ready':
    case 'generating':
      return `Running now: ${engine.model.name} on ${engine.loaded.runsOn}.`
    case 'error':
      return `${engine.model.name} does not run: see below.`
  }
}
