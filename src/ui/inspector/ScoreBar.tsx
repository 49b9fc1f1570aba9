import clsx from 'clsx'
import type { Score } from '#memory/candidate.ts'
import { formatScore } from '#ui/kit/format.ts'
import { scorePartWords } from './score-part-words.ts'

/** The parts that made a difference: those of zero neither show nor count. */
function shares(score: Score): Score['parts'] {
  return score.parts.filter((part) => part.contribution !== 0)
}

/** A score to scale: its parts in order, and the mark that it had to reach. */
export function ScoreBar({ score, threshold, className }: { score: Score; threshold: number; className?: string }) {
  const full = Math.max(1, score.total, threshold)
  return (
    <span className={clsx('flex items-center gap-2', className)}>
      <span className="num text-ink">
        <span className="sr-only">score </span>
        {formatScore(score.total)}
      </span>
      <span aria-hidden="true" className="relative flex h-1 min-w-16 flex-1 gap-px rounded-[1px] bg-line forced-colors:border">
        {shares(score).map((part) => (
          <span
            key={part.name}
            className="block h-full bg-ink-2 even:bg-edge forced-colors:bg-[CanvasText]"
            style={{ width: `${(Math.max(0, part.contribution) / full) * 100}%` }}
          />
        ))}
        <span
          className="absolute -top-[3px] -bottom-[3px] w-[1.5px] bg-accent forced-colors:bg-[Highlight]"
          style={{ left: `${(threshold / full) * 100}%` }}
        />
      </span>
    </span>
  )
}

/** "words .49 + recency .04, needs .45" */
export function ScoreWords({ score, threshold }: { score: Score; threshold: number }) {
  return (
    <span className="block text-xs text-ink-3">
      {shares(score).map((part, index) => (
        <span key={part.name}>
          {index > 0 && (part.contribution < 0 ? ' − ' : ' + ')}
          {scorePartWords(part.name)}{' '}
          <span className="num">{formatScore(index > 0 ? Math.abs(part.contribution) : part.contribution)}</span>
        </span>
      ))}
      , needs <span className="num">{formatScore(threshold)}</span>
    </span>
  )
}
