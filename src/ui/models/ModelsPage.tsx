import { useEffect, useMemo, useState } from 'react'
import { memoryNeed } from '#ports/memory-need.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { PageFrame } from '#ui/shell/PageFrame.tsx'
import { barScale } from './bar-scale.ts'
import { buildOf } from './build-of.ts'
import { DeviceCard } from './DeviceCard.tsx'
import { filterModels, noFilter } from './filter-models.ts'
import { groupModels } from './group-models.ts'
import { MemoryLegend } from './MemoryLegend.tsx'
import { MemoryScale } from './MemoryScale.tsx'
import { ModelFilters } from './ModelFilters.tsx'
import { ModelRowView } from './ModelRowView.tsx'
import { RecommendedModel } from './RecommendedModel.tsx'
import { RunsOn } from './RunsOn.tsx'
import { UnofferedModels } from './UnofferedModels.tsx'

/** Bars of models that are far too large would make all others dots: they are cut off at this many times the device. */
const CUT = 2

/** Which models can run here, what each needs, and which one runs. */
export function ModelsPage() {
  const rows = useLonghand((state) => state.models)
  const unoffered = useLonghand((state) => state.unoffered)
  const [filter, setFilter] = useState(noFilter)
  const { openCatalogue, refreshStorage } = useActions()
  useEffect(() => {
    void openCatalogue()
    void refreshStorage()
  }, [openCatalogue, refreshStorage])
  const room = rows.find((row) => row.engine === 'webllm' && row.plan)?.plan?.room ?? rows.find((row) => row.plan)?.plan?.room
  const scale = useMemo(() => {
    const needs = rows.map((row) => {
      const build = buildOf(row)
      return build ? memoryNeed(build, row.windowTokens).totalBytes : 0
    })
    return barScale(Math.min(Math.max(0, ...needs), room ? room.usableBytes * CUT : Number.POSITIVE_INFINITY))
  }, [rows, room])
  const families = useMemo(() => filterModels(groupModels(rows), filter), [rows, filter])
  const count = families.reduce((sum, { entries }) => sum + entries.length, 0)
  return (
    <PageFrame title="Models" lead="A model is downloaded once, kept in this browser and run on this device.">
      <DeviceCard />
      <RunsOn />
      <RecommendedModel rows={rows} scaleBytes={scale.bytes} />
      {unoffered && <ModelFilters filter={filter} onChange={setFilter} />}
      <MemoryLegend room={room} />
      <div className="grid grid-cols-[minmax(0,12.5rem)_minmax(0,1fr)_8.5rem] items-start gap-x-6 border-line border-b pt-4.5 text-xs text-ink-3 phone:hidden">
        <span>Model</span>
        <MemoryScale ticks={scale.ticks} scaleBytes={scale.bytes} />
        <span className="text-right">On this device</span>
      </div>
      {families.map(({ name, entries }) => (
        <section key={name} aria-label={name}>
          {name !== 'Built-in' && name !== 'Other' && <h2 className="pt-5 text-sm font-semibold text-ink-2">{name}</h2>}
          <ul>
            {entries.map((entry) => (
              <ModelRowView
                key={entry.name}
                entry={entry}
                scaleBytes={scale.bytes}
                heading={name === 'Built-in' || name === 'Other' ? 'h2' : 'h3'}
              />
            ))}
          </ul>
        </section>
      ))}
      <p role="status" className="mt-4 text-sm text-ink-2">
        {rows.length === 0 || !unoffered
          ? 'The list of models is being read…'
          : count === 0
            ? 'No model of the list is like that.'
            : ''}
      </p>
      {unoffered && <UnofferedModels models={unoffered} />}
    </PageFrame>
  )
}
