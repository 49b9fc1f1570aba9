import type { Model } from '#ports/model.ts'
import type { Problem } from '#shared/problem.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'

const helped: ReadonlySet<string> = new Set([
  'engine/device-lost',
  'engine/no-gpu',
  'engine/unsupported-device',
  'engine/out-of-memory',
])

/** The way round a GPU that fails, where the model has one. */
export function RunOnCpu({ model, problem }: { readonly model: Model; readonly problem: Problem }) {
  const onCpu = useLonghand(({ settings }) => settings.runsOn === 'cpu')
  const { updateSettings, loadModel } = useActions()
  if (onCpu || !model.builds.wllama || !helped.has(problem.type)) return null
  return (
    <Button kind="outline" onClick={() => void updateSettings({ runsOn: 'cpu' }).then(() => loadModel(model.id))}>
      Run it on the CPU
    </Button>
  )
}
