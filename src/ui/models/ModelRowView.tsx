import { useState } from 'react'
import type { LoadedModel } from '#ports/engine.ts'
import { rollingSpareTokens } from '#ports/memory-need.ts'
import type { ModelBuild } from '#ports/model.ts'
import { cachedWindow } from '#runtime/rolling-load.ts'
import type { ModelRow } from '#runtime/state.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { buildOf } from './build-of.ts'
import { goodFor } from './good-for.ts'
import type { ModelEntry } from './group-models.ts'
import { Licence } from './Licence.tsx'
import { MemoryBar } from './MemoryBar.tsx'
import { ModelStatus } from './ModelStatus.tsx'
import { countsDifferWords, parameterWords, thinkingWords } from './model-words.ts'
import { formatWindow, planWords } from './plan-words.ts'
import { ReuseLine } from './ReuseLine.tsx'
import { RollingChoice } from './RollingChoice.tsx'
import { SelfTestLine } from './SelfTestLine.tsx'
import { WindowChoice } from './WindowChoice.tsx'

type Props = { readonly entry: ModelEntry; readonly scaleBytes: number; readonly heading: 'h3' | 'h2' }

/** One model: what it is, what it needs, where it stands here. Its builds are one row with a choice. */
export function ModelRowView({ entry, scaleBytes, heading: Heading }: Props) {
  const engine = useLonghand((state) => state.engine)
  const [chosen, setChosen] = useState<string>()
  const running = engine.type === 'none' ? undefined : engine.model.id
  const wanted = chosen ?? running
  const row = entry.variants.find(({ model }) => model.id === wanted) ?? entry.shown
  const { model } = row
  const build = buildOf(row)
  const mine = engine.type !== 'none' && engine.model.id === model.id
  return (
    <li className="grid grid-cols-[minmax(0,12.5rem)_minmax(0,1fr)_8.5rem] items-start gap-x-6 gap-y-2 border-line border-b pt-3.5 pb-3 phone:grid-cols-1">
      <div>
        <Heading className="font-semibold">{model.name}</Heading>
        <p className="text-xs text-ink-3">
          {model.source === 'built-in' && 'Built-in · '}
          {model.source === 'file' && `${model.quantization} · `}
          {parameterWords(model.parameters)}
          {build && (
            <>
              {' · '}
              <span className="num">{formatBytes(build.downloadBytes)}</span>
              {model.source === 'hub' && ' to download'}
            </>
          )}
        </p>
        <p className="text-xs text-ink-3">
          <Licence licence={model.licence} /> · {model.languages}
        </p>
        <p className="text-xs text-ink-3">For {goodFor(model)}</p>
        {entry.variants.length > 1 && (
          <Select
            label={`Build of ${model.name}`}
            hideLabel
            className="mt-1.5 w-fit max-w-full"
            value={model.id}
            options={entry.variants.map((variant) => ({
              value: variant.model.id,
              label: variantWords(
                variant,
                entry.variants.some(({ engine }) => engine),
              ),
            }))}
            onChange={setChosen}
          />
        )}
      </div>
      <div className="min-w-0">
        {build && (
          <div className="mt-1">
            <MemoryBar
              build={build}
              plan={row.plan}
              scaleBytes={scaleBytes}
              windowTokens={row.windowTokens}
              {...(row.rolling === 'on' ? { spareTokens: rollingSpareTokens } : {})}
            />
          </div>
        )}
        {build && row.plan && <PlanLine row={row} build={build} />}
        {build && (
          <p className="mt-0.5 text-xs text-ink-3">
            Trained for {formatWindow(model.contextLength)} · {formatBytes(build.kvBytesPerToken)} a token
            {build.needsF16 && ' · needs f16'}
            {build.largestBufferBytes !== undefined && ` · buffers of ${formatBytes(build.largestBufferBytes)}`}
          </p>
        )}
        {row.cannotRun && (
          <p className="mt-1.5 text-xs text-ink-2">
            <b className="font-semibold text-bad">Cannot run here.</b> {row.cannotRun}
          </p>
        )}
        <p className="mt-0.5 text-xs text-ink-2">
          {model.note} {model.thinking && thinkingWords[model.thinking]}
        </p>
        {build && row.engine && row.plan && row.plan.safeTokens > 0 && (
          <div className="mt-1.5">
            <WindowChoice row={row} build={build} loadedWindow={loadedWindow(loadedHere(engine, mine))} />
            <RollingChoice row={row} loaded={loadedHere(engine, mine)} />
          </div>
        )}
        {mine && (engine.type === 'ready' || engine.type === 'generating') && <ReuseLine loaded={engine.loaded} />}
        {mine && (engine.type === 'ready' || engine.type === 'generating') && (
          <SelfTestLine model={model} result={engine.loaded.selfTest} />
        )}
        {mine && (engine.type === 'ready' || engine.type === 'generating') && engine.loaded.countsDiffer && (
          <p className="mt-1 text-xs text-ink-3">{countsDifferWords(model)}</p>
        )}
        {mine && engine.type === 'error' && (
          <div className="mt-2.5">
            <ProblemNote problem={engine.problem} />
          </div>
        )}
      </div>
      <div className="flex flex-col items-end gap-0.5 text-right text-xs text-ink-2 phone:items-start phone:text-left">
        <ModelStatus row={row} build={build} />
      </div>
    </li>
  )
}

type Engine = Parameters<Parameters<typeof useLonghand>[0]>[0]['engine']

const loadedHere = (engine: Engine, mine: boolean) =>
  mine && (engine.type === 'ready' || engine.type === 'generating') ? engine.loaded : undefined

const loadedWindow = (loaded: LoadedModel | undefined) => loaded && cachedWindow(loaded)

/** A build is said not to run here only where another one does. */
function variantWords(row: ModelRow, someRun: boolean): string {
  const build = buildOf(row)
  const size = build ? `, ${formatBytes(build.downloadBytes)}` : ''
  return `${row.model.quantization}${size}${row.cannotRun && someRun ? ', not here' : ''}`
}

/** What is safe here, what the window takes now, and how far the model can read. */
function PlanLine({ row, build }: { readonly row: ModelRow; readonly build: ModelBuild }) {
  const { plan, windowTokens } = row
  if (!plan) return null
  const { head, why } = planWords(plan, build)
  const fits = plan.safeTokens > 0
  return (
    <p className="mt-1.5 text-xs text-ink-2">
      <b className={fits ? 'font-semibold text-ink' : 'font-semibold text-bad'}>{head}</b>
      {fits ? ', ' : ' '}
      {why}
      {fits && (
        <>
          . Window now <span className="num">{formatCount(windowTokens)}</span>.
        </>
      )}
      {build.estimated && ' Its dimensions are estimates.'}
    </p>
  )
}
