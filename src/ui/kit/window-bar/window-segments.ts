import type { Manifest, SectionName } from '#context/manifest.ts'

/** A stretch of the prompt that belongs to one section and is wholly reused or wholly read anew. In tokens. */
export type WindowSegment = {
  readonly section: SectionName
  readonly start: number
  readonly tokens: number
  readonly reused: boolean
}

/** Tokens at the front of the prompt that the KV cache held: as measured, else as predicted. */
export function reusedTokens(manifest: Manifest): number {
  return manifest.actual?.cachedInputTokens ?? manifest.predicted.cachedInputTokens
}

/** Tokens of the prompt: as the engine counted, else as predicted. */
export function inputTokens(manifest: Manifest): number {
  return manifest.actual?.inputTokens ?? manifest.predicted.inputTokens
}

/**
 * The prompt as a row of segments in true order, the sum of which is the prompt. An item reaches to where the next one
 * begins, so that the marks of the chat template belong to what they close. Reuse is a prefix: it cuts one segment at most.
 */
export function windowSegments(manifest: Manifest): readonly WindowSegment[] {
  const total = manifest.sections.reduce((sum, section) => sum + section.tokens, 0)
  const starts = manifest.sections
    .flatMap((section) => section.items.map((item) => ({ section: section.name, start: item.start })))
    .sort((a, b) => a.start - b.start)
  const runs = starts.length > 0 ? joinRuns(starts, total) : sectionRuns(manifest)
  return runs.flatMap((run) => cutAt(run, reusedTokens(manifest)))
}

type Run = Omit<WindowSegment, 'reused'>

function joinRuns(starts: readonly { readonly section: SectionName; readonly start: number }[], total: number): readonly Run[] {
  const changes = starts.filter((item, index) => index === 0 || item.section !== starts[index - 1]?.section)
  return changes
    .map((change, index) => {
      const start = index === 0 ? 0 : change.start
      return { section: change.section, start, tokens: (changes[index + 1]?.start ?? total) - start }
    })
    .filter((run) => run.tokens > 0)
}

function sectionRuns(manifest: Manifest): readonly Run[] {
  let start = 0
  const runs: Run[] = []
  for (const { name, tokens } of manifest.sections) {
    if (tokens > 0) runs.push({ section: name, start, tokens })
    start += tokens
  }
  return runs
}

function cutAt(run: Run, reused: number): readonly WindowSegment[] {
  const held = Math.min(run.tokens, Math.max(0, reused - run.start))
  if (held === 0) return [{ ...run, reused: false }]
  if (held === run.tokens) return [{ ...run, reused: true }]
  return [
    { ...run, tokens: held, reused: true },
    { ...run, start: run.start + held, tokens: run.tokens - held, reused: false },
  ]
}
