import type { Manifest, Run, SectionName } from '#context/manifest.ts'
import { rolledOut } from '#context/rolling-window.ts'

/** A stretch of the prompt that belongs to one section and is wholly reused or wholly read anew. In tokens. */
export type WindowSegment = {
  readonly section: SectionName
  readonly start: number
  readonly tokens: number
  readonly reused: boolean
}

/** Tokens at the front of the prompt that the KV cache held: as measured, else as predicted. */
export function reusedTokens(manifest: Manifest): number {
  return measured(manifest)?.cachedInputTokens ?? manifest.predicted.cachedInputTokens
}

/** Tokens of the prompt: as the engine counted, else as predicted. */
export function inputTokens(manifest: Manifest): number {
  return measured(manifest)?.inputTokens ?? manifest.predicted.inputTokens
}

/** What had rolled out of a rolling window when the reply began, or will have. */
export function rolledRun(manifest: Manifest): Run | undefined {
  const { rolling } = manifest.window
  return rolling && rolledOut(rolling, inputTokens(manifest))
}

/** What the engine counted; nothing where it failed or was stopped before it could tell. */
export function measured({ actual }: Manifest): Manifest['actual'] {
  return actual && actual.inputTokens > 0 ? actual : undefined
}

/** Whether it is unknown what was reused: a server keeps its own cache, and need not tell. */
export function reuseUnknown(manifest: Manifest): boolean {
  const actual = measured(manifest)
  return actual
    ? actual.unusedCache === 'not-reported'
    : manifest.model.engine === 'remote' || manifest.model.engine === 'browser'
}

/**
 * The prompt as a row of segments in true order, the sum of which is the prompt. Reuse is a prefix: it cuts one segment at
 * most. Receipts without runs lay their sections one after the other.
 */
export function windowSegments(manifest: Manifest): readonly WindowSegment[] {
  let end = 0
  const stretches = manifest.sections
    .flatMap(({ name, tokens, runs }) => {
      const start = end
      end += tokens
      return (runs ?? [{ start, tokens }]).map((run) => ({ section: name, ...run }))
    })
    .filter(({ tokens }) => tokens > 0)
    .sort((a, b) => a.start - b.start)
  return stretches.flatMap((stretch) => cutAt(stretch, reusedTokens(manifest)))
}

type Stretch = Omit<WindowSegment, 'reused'>

function cutAt(run: Stretch, reused: number): readonly WindowSegment[] {
  const held = Math.min(run.tokens, Math.max(0, reused - run.start))
  if (held === 0) return [{ ...run, reused: false }]
  if (held === run.tokens) return [{ ...run, reused: true }]
  return [
    { ...run, tokens: held, reused: true },
    { ...run, start: run.start + held, tokens: run.tokens - held, reused: false },
  ]
}
