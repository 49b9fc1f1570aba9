import type { TapeFrame } from '#context/tape.ts'
import { formatCount, formatDay, formatPlural, formatTime } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'
import { epochWords } from './epoch-words.ts'
import { escapeHtml as e, exportBar, exportPage } from './export-page.ts'

/** The tape as a page of its own: the window at every reply, one under the other. */
export function tapePage(title: string, frames: readonly TapeFrame[]): string {
  return exportPage(
    `Tape of ${title}`,
    `<h1>${e(title)}</h1>
<p class="quiet">${formatPlural(frames.length, 'reply', 'replies')}; pale: reused from the cache, strong: read anew, grey: the answer.</p>
${frames.map(frameOf).join('\n')}`,
  )
}

function frameOf(frame: TapeFrame, at: number): string {
  const { inputTokens, reusedTokens, outputTokens, windowTokens, createdAt, said, answered } = frame
  const pieces = [
    ...tapePieces(frame).map(({ section, tokens, reused }) => ({
      look: section,
      tokens,
      reused,
      title: `${sectionLook[section].label}, ${formatCount(tokens)} tokens`,
    })),
    { look: 'answer', tokens: outputTokens, reused: false, title: `The answer, ${formatCount(outputTokens)} tokens` },
  ]
  const marks = tapeMarks(frame).map((mark) => `<p class="mark">${e(mark)}</p>`)
  return `<h2>${at + 1}. <span class="quiet">${e(formatDay(createdAt, 0))}, ${e(formatTime(createdAt))}</span></h2>
${marks.join('')}<p>${e(said)}</p><p class="quiet">${e(answered)}</p>
${exportBar(pieces, windowTokens)}
<p class="quiet">sent <span class="n">${formatCount(inputTokens)}</span> of ${formatCount(windowTokens)}, reused <span class="n">${formatCount(reusedTokens)}</span>, answered <span class="n">${formatCount(outputTokens)}</span></p>`
}

/** The prompt of a frame in order, cut where its reuse ends. */
function tapePieces({ sections, reusedTokens }: TapeFrame) {
  let end = 0
  return sections
    .flatMap(({ name, tokens, runs }) => {
      const start = end
      end += tokens
      return (runs ?? [{ start, tokens }]).map((run) => ({ section: name, ...run }))
    })
    .filter(({ tokens }) => tokens > 0)
    .sort((a, b) => a.start - b.start)
    .flatMap(({ section, start, tokens }) => {
      const held = Math.min(tokens, Math.max(0, reusedTokens - start))
      return [
        { section, tokens: held, reused: true },
        { section, tokens: tokens - held, reused: false },
      ].filter((piece) => piece.tokens > 0)
    })
}

/** What happened to the window with this reply, in words. */
export function tapeMarks({ epochBegan, compacted }: TapeFrame): readonly string[] {
  return [
    ...(epochBegan ? [epochWords({ id: 'epoch:', reason: epochBegan, turn: 1 })] : []),
    ...(compacted ? ['Earlier turns were folded into a summary.'] : []),
  ]
}
