import { useState } from 'react'
import { memoryNeed } from '#ports/memory-need.ts'
import type { ModelBuild } from '#ports/model.ts'
import { LEAST_WINDOW } from '#ports/plan-window.ts'
import type { ModelRow } from '#runtime/state.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { windowChoices } from './bar-scale.ts'
import { windowWarning } from './plan-words.ts'
import { WindowField } from './WindowField.tsx'

type Props = { readonly row: ModelRow; readonly build: ModelBuild; readonly loadedWindow: number | undefined }

const other = 'other'

/** How much the model can have before it at once; every size says what it costs in memory, and those past what is safe say so. */
export function WindowChoice({ row, build, loadedWindow }: Props) {
  const { model, plan, windowTokens } = row
  const { setWindow } = useActions()
  const [own, setOwn] = useState(false)
  const safe = plan?.safeTokens ?? model.contextLength
  const extra = safe >= LEAST_WINDOW ? [windowTokens, safe] : [windowTokens]
  const sizes = [...new Set([...windowChoices(model.contextLength), ...extra])].sort((a, b) => a - b)
  const note = (tokens: number) =>
    tokens === model.contextLength
      ? ', the model’s limit'
      : tokens === safe
        ? ', the most that is safe'
        : tokens > safe
          ? ', past what is safe'
          : ''
  const options = sizes.map((tokens) => ({
    value: String(tokens),
    label: `${formatCount(tokens)} tokens, ${formatBytes(memoryNeed(build, tokens).windowBytes)}${note(tokens)}`,
  }))
  const warning = plan && windowWarning(plan, build, windowTokens, model.contextLength)
  const waits = loadedWindow !== undefined && loadedWindow !== windowTokens
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <Select
        label={`Window of ${model.name}`}
        hideLabel
        className="max-w-full"
        value={own ? other : String(windowTokens)}
        options={[...options, { value: other, label: 'Another size…' }]}
        onChange={(value) => {
          setOwn(value === other)
          if (value !== other) void setWindow(model.id, Number(value))
        }}
      />
      {own && (
        <WindowField
          name={model.name}
          windowTokens={windowTokens}
          onChoose={(tokens) => {
            setOwn(false)
            void setWindow(model.id, tokens)
          }}
        />
      )}
      {waits && <span className="text-xs text-warn">It runs with {formatCount(loadedWindow)} until it is loaded again.</span>}
      {warning && <p className="w-full text-xs text-warn">{warning}</p>}
    </div>
  )
}
