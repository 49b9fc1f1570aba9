import type { ModelRow } from '#runtime/state.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { MarkdownLink } from '#ui/markdown/MarkdownLink.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { buildOf } from './build-of.ts'
import { MemoryBar } from './MemoryBar.tsx'
import { ModelStatus } from './ModelStatus.tsx'
import { memoryNeed } from './memory-need.ts'
import { engineNames, parameterWords } from './model-words.ts'
import { WindowChoice } from './WindowChoice.tsx'

/** One model: what it is, what it needs, where it stands here. */
export function ModelRowView({ row, scaleBytes }: { readonly row: ModelRow; readonly scaleBytes: number }) {
  const { model } = row
  const build = buildOf(row)
  const engine = useLonghand((state) => state.engine)
  const mine = engine.type !== 'none' && engine.model.id === model.id
  const loadedWindow = mine && (engine.type === 'ready' || engine.type === 'generating') ? engine.loaded.windowTokens : undefined
  const need = build && memoryNeed(build, row.windowTokens)
  return (
    <li className="grid grid-cols-[minmax(0,12.5rem)_minmax(0,1fr)_8.5rem] items-start gap-x-6 gap-y-2 border-line border-b pt-3.5 pb-3 phone:grid-cols-1">
      <div>
        <h2 className="font-semibold">{model.name}</h2>
        <p className="text-xs text-ink-3">
          {model.source === 'built-in' && 'Built-in · '}
          {parameterWords(model.parameters)} · {model.quantization}
          {build && (
            <>
              {' · '}
              <span className="num">{formatBytes(build.downloadBytes)}</span>
            </>
          )}
        </p>
        <p className="text-xs text-ink-3">
          <MarkdownLink href={model.licence.url}>{model.licence.name}</MarkdownLink> · {model.languages}
        </p>
      </div>
      <div className="min-w-0">
        {need && (
          <div className="mt-1">
            <MemoryBar need={need} scaleBytes={scaleBytes} windowTokens={row.windowTokens} />
          </div>
        )}
        {need && row.engine && (
          <p className="mt-1.5 text-xs text-ink-2">
            <b className="font-semibold text-ink">About {formatBytes(need.totalBytes)} of memory</b> on {engineNames[row.engine]},{' '}
            <span className="num">{formatBytes(need.windowBytes)}</span> of it for a window of{' '}
            <span className="num">{formatCount(row.windowTokens)}</span>
          </p>
        )}
        {row.cannotRun && (
          <p className="text-xs text-ink-2">
            <b className="font-semibold text-bad">Cannot run here.</b> {row.cannotRun}
          </p>
        )}
        {model.note && <p className="mt-0.5 text-xs text-ink-2">{model.note}</p>}
        {build && row.engine && (
          <div className="mt-1.5">
            <WindowChoice model={model} build={build} windowTokens={row.windowTokens} loadedWindow={loadedWindow} />
          </div>
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
