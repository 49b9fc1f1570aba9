import { useEffect, useMemo, useState } from 'react'
import { memoryNeed } from '#ports/memory-need.ts'
import { formatPlural } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { PageFrame } from '#ui/shell/PageFrame.tsx'
import { BrowserModelSection } from './BrowserModelSection.tsx'
import { barScale } from './bar-scale.ts'
import { buildOf } from './build-of.ts'
import { DeviceCard } from './DeviceCard.tsx'
import { filterModels, firstFilter } from './filter-models.ts'
import { groupModels, type ModelFamily } from './group-models.ts'
import { MemoryLegend } from './MemoryLegend.tsx'
import { MemoryScale } from './MemoryScale.tsx'
import { ModelFilters } from './ModelFilters.tsx'
import { ModelRowView } from './ModelRowView.tsx'
import { OwnFileSection } from './own/OwnFileSection.tsx'
import { RecommendedModel } from './RecommendedModel.tsx'
import { RunsOn } from './RunsOn.tsx'
import { ServerSection } from './remote/ServerSection.tsx'
import { UnofferedModels } from './UnofferedModels.tsx'

/** Bars of models that are far too large would make all others dots: they are cut off at this many times the device. */
const CUT = 2

/** Which models can run here, what each needs, and which one runs. */
export function ModelsPage() {
  const all = useLonghand((state) => state.models)
  const rows = useMemo(() => all.filter(({ model }) => model.source !== 'remote' && model.source !== 'browser'), [all])
  const unoffered = useLonghand((state) => state.unoffered)
  const [filter, setFilter] = useState(firstFilter)
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
  const grouped = useMemo(() => groupModels(rows), [rows])
  const families = useMemo(() => filterModels(grouped, filter), [grouped, filter])
  return (
    <PageFrame title="Models" lead="A model is downloaded once, kept in this browser and run on this device.">
      <DeviceCard />
      <RunsOn />
      <RecommendedModel rows={rows} scaleBytes={scale.bytes} />
      <OwnFileSection />
      {unoffered && <ModelFilters filter={filter} onChange={setFilter} />}
      <p role="status" className="mt-2 text-xs text-ink-3">
        {unoffered ? `${countOf(families)} of ${formatPlural(countOf(grouped), 'model')}` : 'The list of models is being read…'}
      </p>
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
      {unoffered && <UnofferedModels models={unoffered} />}
      <BrowserModelSection />
      <ServerSection />
    </PageFrame>
  )
}

const countOf = (families: readonly ModelFamily[]) => families.reduce((sum, { entries }) => sum + entries.length, 0)
