import clsx from 'clsx'
import { memoryNeed } from '#ports/memory-need.ts'
import type { ModelBuild } from '#ports/model.ts'
import type { WindowPlan } from '#ports/plan-window.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'

type Props = {
  readonly build: ModelBuild
  readonly plan: WindowPlan | undefined
  readonly scaleBytes: number
  readonly windowTokens: number
  /** Tokens that the cache has room for beside the window's own. */
  readonly spareTokens?: number
}

/**
 * What a model takes in memory, to the scale that all rows share: weights, the window's cache, what the cache could grow by,
 * working room, and a mark where this device ends. What lies past the mark is hatched.
 */
export function MemoryBar({ build, plan, scaleBytes, windowTokens, spareTokens = 0 }: Props) {
  const need = memoryNeed(build, windowTokens + spareTokens)
  const room = plan?.room.usableBytes
  const safe =
    plan && plan.safeTokens > windowTokens ? memoryNeed(build, plan.safeTokens + spareTokens).windowBytes - need.windowBytes : 0
  const width = (bytes: number) => `${(bytes / scaleBytes) * 100}%`
  const over = room !== undefined && need.totalBytes > room ? need.totalBytes - room : 0
  const limit = room === undefined ? '' : ` of about ${formatBytes(room)} that this device has`
  return (
    <div
      role="img"
      aria-label={`Needs about ${formatBytes(need.totalBytes)}${limit}: weights ${formatBytes(need.weightBytes)}, window of ${formatCount(windowTokens)} ${formatBytes(need.windowBytes)}, working room ${formatBytes(need.workingBytes)}`}
      className="relative h-3"
    >
      <div className="absolute inset-0 flex overflow-hidden rounded-xs bg-sunk forced-colors:border">
        <Part look="min-w-0.5 bg-ink-2 forced-colors:bg-[CanvasText]" width={width(need.weightBytes)} />
        <Part look="min-w-0.5 bg-accent transition-[width] forced-colors:bg-[Highlight]" width={width(need.windowBytes)} />
        {safe > 0 && <Part look="bg-accent/30 forced-colors:border" width={width(safe)} />}
        <Part look="ring-1 ring-edge ring-inset" width={width(need.workingBytes)} />
      </div>
      {over > 0 && room !== undefined && (
        <span
          className="absolute inset-y-0 right-0 rounded-[1px] bg-[repeating-linear-gradient(45deg,var(--color-bad)_0_2.5px,var(--color-bad-wash)_2.5px_5px)] forced-colors:bg-[Mark]"
          style={{ left: width(room), width: `min(${width(over)}, 100% - ${width(room)})` }}
        />
      )}
      {room !== undefined && room <= scaleBytes && (
        <span className="absolute -inset-y-1 w-0 border-ink border-l border-dashed" style={{ left: width(room) }} />
      )}
    </div>
  )
}

function Part({ look, width }: { readonly look: string; readonly width: string }) {
  return <span className={clsx('shrink-0 rounded-[1px]', look)} style={{ width }} />
}
