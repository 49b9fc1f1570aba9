import type { Settings } from '#runtime/settings.ts'
import type { EngineState } from '#runtime/state.ts'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { engineNames } from './model-words.ts'

const choices: readonly { readonly value: Settings['runsOn']; readonly label: string }[] = [
  { value: 'automatic', label: 'Automatic' },
  { value: 'gpu', label: 'GPU' },
  { value: 'cpu', label: 'CPU' },
]

/** What models are to run on, and what really runs. */
export function RunsOn() {
  const chosen = useLonghand((state) => state.settings.runsOn)
  const engine = useLonghand((state) => state.engine)
  const follower = useLonghand((state) => state.boot.type === 'ready' && state.tab === 'follower')
  const { updateSettings } = useActions()
  return (
    <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Segmented label="Run on" value={chosen} options={choices} onChange={(runsOn) => void updateSettings({ runsOn })} />
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
      return `${engine.model.name} is being loaded for ${engineNames[engine.engine]}.`
    case 'ready':
    case 'generating':
      return `Running now: ${engine.model.name} on ${engine.loaded.runsOn}.`
    case 'waiting':
      return `${engine.model.name} stopped and is tried again soon.`
    case 'error':
      return `${engine.model.name} does not run: see below.`
  }
}
