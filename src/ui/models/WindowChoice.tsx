import type { Model, ModelBuild } from '#ports/model.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { memoryNeed, windowChoices } from './memory-need.ts'

type Props = {
  readonly model: Model
  readonly build: ModelBuild
  readonly windowTokens: number
  readonly loadedWindow: number | undefined
}

/** How much the model can have before it at once; every size says what it costs in memory. */
export function WindowChoice({ model, build, windowTokens, loadedWindow }: Props) {
  const { setWindow } = useActions()
  const sizes = [...new Set([...windowChoices(model.contextLength), windowTokens])].sort((a, b) => a - b)
  const options = sizes.map((tokens) => ({
    value: String(tokens),
    label: `${formatCount(tokens)} tokens, ${formatBytes(memoryNeed(build, tokens).windowBytes)}${tokens === model.contextLength ? ', the model’s limit' : ''}`,
  }))
  const waits = loadedWindow !== undefined && loadedWindow !== windowTokens
  return (
    <div className="flex flex-wrap items-center gap-x-2.5">
      <Select
        label={`Window of ${model.name}`}
        hideLabel
        className="w-fit"
        value={String(windowTokens)}
        options={options}
        onChange={(value) => void setWindow(model.id, Number(value))}
      />
      {waits && <span className="text-xs text-warn">It runs with {formatCount(loadedWindow)} until it is loaded again.</span>}
    </div>
  )
}
