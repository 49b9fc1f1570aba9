import { useEffect } from 'react'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { PageFrame } from '#ui/shell/PageFrame.tsx'
import { buildOf } from './build-of.ts'
import { DeviceCard } from './DeviceCard.tsx'
import { MemoryLegend, MemoryScale } from './MemoryBar.tsx'
import { ModelRowView } from './ModelRowView.tsx'
import { barScale, memoryNeed } from './memory-need.ts'
import { RunsOn } from './RunsOn.tsx'

/** Which models can run here, what each needs, and which one runs. */
export function ModelsPage() {
  const rows = useLonghand((state) => state.models)
  const { refreshModels, refreshStorage } = useActions()
  useEffect(() => {
    void refreshModels()
    void refreshStorage()
  }, [refreshModels, refreshStorage])
  const needs = rows.map((row) => {
    const build = buildOf(row)
    return build ? memoryNeed(build, row.windowTokens).totalBytes : 0
  })
  const scale = barScale(Math.max(0, ...needs))
  const ordered = rows.toSorted((a, b) => Number(b.model.source === 'built-in') - Number(a.model.source === 'built-in'))
  return (
    <PageFrame title="Models" lead="A model is downloaded once, kept in this browser and run on this device.">
      <DeviceCard />
      <RunsOn />
      <MemoryLegend />
      <div className="grid grid-cols-[minmax(0,12.5rem)_minmax(0,1fr)_8.5rem] items-start gap-x-6 border-line border-b pt-4.5 text-xs text-ink-3 phone:hidden">
        <span>Model</span>
        <MemoryScale ticks={scale.ticks} scaleBytes={scale.bytes} />
        <span className="text-right">On this device</span>
      </div>
      <ul>
        {ordered.map((row) => (
          <ModelRowView key={row.model.id} row={row} scaleBytes={scale.bytes} />
        ))}
      </ul>
      {rows.length === 0 && <p className="mt-4 text-ink-2">The list of models is being read…</p>}
    </PageFrame>
  )
}
